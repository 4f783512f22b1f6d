import { readEndpoint } from '../../src/main/host/endpoint.ts'

/** Asks a running application to pause or go on with a campaign; false when it was not there to answer. */
export async function askRunning(
  folder: string,
  pid: number | undefined,
  wish: 'pause' | 'resume',
  campaignId: string,
): Promise<boolean> {
  const endpoint = await readEndpoint(folder)
  if (endpoint === null || endpoint.pid !== pid) return false
  try {
    const response = await fetch(`${endpoint.address}/rpc/campaigns/${wish}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${endpoint.token}` },
      body: JSON.stringify({ json: { id: campaignId } }),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    // It was killed in between, which is what all this is about.
    return false
  }
}

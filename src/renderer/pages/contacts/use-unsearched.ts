import { useEffect, useState } from 'react'

const LOOK_EVERY_MS = 2000

/** How many contacts a search has not looked at yet, because its index is being prepared. */
interface Unsearched {
  readonly count: number
  /** Takes over what the last answer said. */
  readonly note: (count: number) => void
  /** Changes every two seconds while somebody may be missing: the rows are to be read again. */
  readonly looked: number
}

/** Has an incomplete answer completed by itself: it is asked for again until everybody was looked at. */
export function useUnsearched(): Unsearched {
  const [count, note] = useState(0)
  const [looked, setLooked] = useState(0)
  const isBehind = count > 0
  useEffect(() => {
    if (!isBehind) return
    const timer = window.setInterval(() => setLooked(times => times + 1), LOOK_EVERY_MS)
    return () => window.clearInterval(timer)
  }, [isBehind])
  return { count, note, looked }
}

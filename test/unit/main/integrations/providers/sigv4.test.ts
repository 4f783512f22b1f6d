import { describe, expect, test } from 'vitest'
import { signedHeaders } from '../../../../../src/main/integrations/providers/ses/sigv4.ts'

// The public test suite of AWS (aws-sig-v4-test-suite) and the worked example of its documentation.
const TERMS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
}
const AT = Date.parse('2015-08-30T12:36:00Z')

function signatureOf(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = ''): string {
  const url = new URL(`https://example.amazonaws.com${path}`)
  const signed = signedHeaders({ method, url, headers, body }, TERMS, AT)
  return /Signature=([0-9a-f]{64})$/.exec(signed.authorization ?? '')?.[1] ?? ''
}

describe('AWS Signature Version 4', () => {
  test.each([
    ['get-vanilla', 'GET', '/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      'GET',
      '/?Param2=value2&Param1=value1',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    ['get-vanilla-utf8-query', 'GET', '/?ሴ=bar', '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04'],
    [
      'get-unreserved',
      'GET',
      '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
      '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
    ],
    ['post-vanilla', 'POST', '/', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ])('%s is signed as the suite has it', (_name, method, path, expected) => {
    expect(signatureOf(method, path)).toBe(expected)
  })

  test('post-x-www-form-urlencoded is signed as the suite has it', () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect(signatureOf('POST', '/', headers, 'Param1=value1')).toBe(
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    )
  })

  test('the example of the documentation has its signature', () => {
    const url = new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08')
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    const signed = signedHeaders({ method: 'GET', url, headers, body: '' }, { ...TERMS, service: 'iam' }, AT)
    expect(signed.authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    )
  })
})

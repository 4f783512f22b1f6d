/** Encrypts account passwords at rest. Electron uses safeStorage, the Node hosts a key file with mode 0600 (security.md Z11). */
export interface Secrets {
  readonly keptBy: 'system' | 'key_file' | 'unavailable'
  encrypt(plain: string): Promise<Uint8Array>
  /** Fails with AppError('unavailable') when it was encrypted by another host. */
  decrypt(ciphertext: Uint8Array, scheme: string): Promise<string>
}

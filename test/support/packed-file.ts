import { crc32, deflateRawSync } from 'node:zlib'

/** What can be wrong with a packed file. */
export interface PackingFaults {
  /** Announces another size of the unpacked part than it has. */
  readonly announcedBytes?: (name: string) => number | undefined
  /** Marks every part as encrypted. */
  readonly isEncrypted?: boolean
  /** Leaves the parts as they are: the same bytes whatever compresses them. */
  readonly isStored?: boolean
}

/** A ZIP file (APPNOTE 6.3) of parts in their order, the same bytes for the same parts. */
export function packedFile(parts: Readonly<Record<string, string | Uint8Array>>, faults: PackingFaults = {}): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const plain = Buffer.from(content)
    const body = faults.isStored ? plain : deflateRawSync(plain, { level: 9 })
    // The traditional encryption puts twelve octets before the part.
    const packed = faults.isEncrypted ? Buffer.concat([Buffer.alloc(12), body]) : body
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(faults.isEncrypted ? 0x0801 : 0x0800, 2)
    fields.writeUInt16LE(faults.isStored ? 0 : 8, 4)
    fields.writeUInt16LE(0x5a21, 8)
    fields.writeUInt32LE(crc32(plain), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(faults.announcedBytes?.(name) ?? plain.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, tail, Buffer.from(name)]))
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, central, Buffer.from('PK\u0005\u0006'), end])
}

import { createHash } from 'node:crypto'

/** A key pair the emulator knows; a temporary one bears a token. */
export interface Identity {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
}

export interface TemporaryIdentity extends Identity {
  readonly securityToken: string
}

export interface Identities {
  readonly permanent: Identity
  readonly temporary: TemporaryIdentity
}

/** The same keys for the same seed. They open nothing but an emulator on this machine. */
export function createIdentities(seed: number): Identities {
  const text = (purpose: string, length: number): string =>
    createHash('sha512').update(`backset-emulator ${seed} ${purpose}`).digest('base64url').replaceAll(/[-_]/g, '').slice(0, length)
  return {
    permanent: { accessKeyId: `EMULATOR${text('id', 16)}`, accessKeySecret: text('secret', 30) },
    temporary: {
      accessKeyId: `STS.EMULATOR${text('sts id', 16)}`,
      accessKeySecret: text('sts secret', 44),
      securityToken: `CAIS${text('token', 70)}+/=`,
    },
  }
}

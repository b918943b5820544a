import type { Credentials } from './credentials.js'

/** How a role is taken; what is absent keeps the defaults of the vendor's package. */
export interface RoleOptions {
  readonly roleArn?: string | undefined
  readonly roleSessionName?: string | undefined
  /** Seconds, 900 at least. */
  readonly roleSessionExpiration?: number | undefined
  readonly policy?: string | undefined
  readonly externalId?: string | undefined
  readonly stsEndpoint?: string | undefined
  readonly stsRegionId?: string | undefined
  readonly enableVpc?: boolean | undefined
}

/** A way to keys, found but not yet asked. `label` says which in words, with nothing secret in it. */
export type KeySource =
  | { readonly kind: 'static'; readonly label: string; readonly keys: Credentials }
  | { readonly kind: 'role'; readonly label: string; readonly from: KeySource; readonly options: RoleOptions }
  | {
      readonly kind: 'oidc'
      readonly label: string
      readonly options: RoleOptions & { readonly oidcProviderArn: string; readonly oidcTokenFilePath: string }
    }
  | { readonly kind: 'ecs'; readonly label: string; readonly roleName: string | undefined }
  | { readonly kind: 'uri'; readonly label: string; readonly uri: string }
  | { readonly kind: 'external'; readonly label: string; readonly command: string }

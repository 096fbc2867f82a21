import type { Secret } from '../vault/secret.ts';

/** Everything needed to reach and sign in to one server. */
export interface SshTarget {
	host: string;
	port: number;
	user: string;
	signIn: { kind: 'key'; privateKey: Secret; passphrase: Secret | null } | { kind: 'password'; password: Secret };
	sudoPassword: Secret | null;
	/** The trusted fingerprint, `SHA256:…`; null: none yet, so that connecting ends in host_key_unknown with the one seen. */
	pinnedFingerprint: string | null;
	/** False for actors who are no administrators: loopback, link-local and metadata addresses are refused. */
	mayReachLocalAddresses: boolean;
}

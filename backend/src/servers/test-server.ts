// Only for tests
import type { Permission } from '@email-gateway/shared';
import type { Server } from '../db/servers.ts';
import type { HostKey } from '../db/tables.ts';

export const trustedKey: HostKey = {
	...{ state: 'trusted', fingerprint: 'SHA256:a', seenFingerprint: null, algorithm: 'ssh-ed25519' },
	...{ trustedAt: '2026-11-01T00:00:00.000Z', trustedBy: 'admin' },
};

/** A server whose connection an administrator has set and trusted. */
export const connected: Server = {
	...{ id: 'id', siteId: 'site', serverId: 1, owner: null, handedAt: null, handedVersion: null, mac: null },
	...{ host: '203.0.113.5', sshPort: 22, sshUser: 'root', signIn: 'password', managedPublicKey: null },
	...{ setByAdministrator: true, mayHaveDefaults: true, hostKey: trustedKey },
	...{ lastLook: null, unfinished: false, submittedVersion: null, installedVersion: null, lastTest: null },
};

export const who = ( ...permissions: Permission[] ) => ( {
	may: ( permission: Permission ) => permissions.includes( permission ),
} );
export const owner = who( 'manage_site', 'manage_defaults' );
export const administrator = who( 'manage_site' );
export const customer = who( 'run_gateway', 'change_connection' );

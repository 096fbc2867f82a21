import { bareFacts } from '../../backend/test-fixtures/fake-tools.ts';
import { desire } from '../../backend/src/gateway/desired.ts';
import { Secret } from '../../backend/src/vault/secret.ts';
import type { Provider } from '../provider/start.ts';
import type { Account } from './machines.ts';

/** What our gateway writes on a server, for others to write the same: byte for byte, from the product's own code. */
export interface SameGateway {
	packages: string[];
	files: { path: string; mode: string; content: string }[];
}

export function sameGateway( serverName: string, { host, port }: Provider, account: Account ): SameGateway {
	const desired = desire(
		{
			settings: {
				smtpServer: host,
				smtpPort: port,
				userName: account.user,
				sendingDomain: 'example.org',
				note: '',
				serverHostname: null,
				rootMail: null,
				caCertificate: null,
			},
			password: new Secret( account.password ),
			rootMail: 'admin@example.com',
			site: { id: 'bench', url: 'https://site.example.com', serverId: 1 },
		},
		{ ...bareFacts, hostname: serverName, fqdn: `${ serverName }.servers.test` }
	);
	const folder = '/etc/postfix/gateway-1';
	return {
		packages: desired.packages.map( ( { name } ) => name ),
		files: [
			{ path: '/etc/postfix/master.cf', mode: '0644', content: desired.masterCf },
			{ path: '/etc/postfix/main.cf', mode: '0644', content: desired.mainCf( 1 ) },
			...desired.files.map( ( { name, mode, content } ) => ( {
				path: name.startsWith( '/' ) ? name : `${ folder }/${ name }`,
				mode,
				content: content instanceof Secret ? content.reveal() : content,
			} ) ),
		],
	};
}

import type { GatewaySettings } from '@email-gateway/shared';
import { Secret } from '../vault/secret.ts';
import type { Facts } from './facts.ts';
import { mailLog, relayhostOf } from './main-cf.ts';
import { renderGeneric, renderLogrotate, renderSaslPasswd } from './maps.ts';
import { capsFiles } from './caps.ts';
import { doorsFiles } from './doors.ts';
import { hasRefused, renderHeaderChecks, renderRefused } from './pauses.ts';
import { isPublicMailDomain } from './public-mail-domains.ts';
import type { Rules } from './rules.ts';
import { sandboxFiles } from './sandbox.ts';
import { maySendFiles } from './may-send.ts';
import { routeFiles } from './route-files.ts';
import { renderStatusFilter } from './status-filter.ts';
import { submitterFiles } from './submitter.ts';
import { waitingFiles } from './waiting-files.ts';

export interface DesiredFile {
	/** Absolute, or a name inside main.cf's folder `gateway-<n>`. */
	name: string;
	content: string | Secret;
	mode: '0600' | '0644';
	why: string;
}

interface FilesInput {
	settings: GatewaySettings;
	password: Secret;
	names: readonly string[];
	/** The text of virtual_alias. */
	aliases: string;
	/** An address of the account in the Sending Domain. */
	account: string | undefined;
	rules: Rules;
}

/** Each file of a gateway beside main.cf and master.cf. */
export function desiredFiles(
	{ settings, password, names, aliases, account, rules }: FilesInput,
	facts: Facts
): DesiredFile[] {
	const { paused, sandbox, routes } = rules;
	return [
		{
			name: 'sasl_passwd',
			content: new Secret( renderSaslPasswd( relayhostOf( settings ), settings.userName, password.reveal() ) ),
			mode: '0600',
			why: 'the credential, readable by root only',
		},
		{
			name: 'virtual_alias',
			content: aliases,
			mode: '0644',
			why: 'mail for root and other users of this server',
		},
		{
			name: 'generic',
			content: renderGeneric(
				names,
				settings.sendingDomain,
				isPublicMailDomain( settings.sendingDomain ) ? account ?? null : null
			),
			mode: '0644',
			why: 'users of this server become senders of the Sending Domain',
		},
		{
			name: 'status_filter',
			content: renderStatusFilter(),
			mode: '0644',
			why: 'which refusals wait for a mend instead of bouncing',
		},
		{
			name: 'header_checks',
			content: renderHeaderChecks( rules ),
			mode: '0644',
			why: 'the log names the From of each message, and mail of paused users is held',
		},
		...( hasRefused( paused )
			? [
					{
						name: 'refused_users',
						content: renderRefused( paused ),
						mode: '0644' as const,
						why: 'paused users whose mail is refused at once',
					},
			  ]
			: [] ),
		...( settings.caCertificate
			? [
					{
						name: 'ca.pem',
						content: `${ settings.caCertificate.trim() }\n`,
						mode: '0644' as const,
						why: 'the CA Certificate of the form',
					},
			  ]
			: [] ),
		...sandboxFiles( sandbox ),
		...waitingFiles( facts ),
		...submitterFiles( paused, routes ),
		...capsFiles( rules, facts ),
		...doorsFiles( rules, facts ),
		...maySendFiles( rules ),
		...routeFiles( routes, names ),
		{
			name: '/etc/logrotate.d/email-gateway',
			content: renderLogrotate( mailLog ),
			mode: '0644',
			why: 'keeps the mail log small',
		},
		...( facts.systemd
			? [
					{
						name: '/etc/tmpfiles.d/email-gateway.conf',
						content: `# Email Gateway\nd ${ mailLog.slice(
							0,
							mailLog.lastIndexOf( '/' )
						) } 0700 root root -\n`,
						mode: '0644' as const,
						why: 'the folder of the mail log, also where /var/log is kept in memory',
					},
			  ]
			: [] ),
	];
}

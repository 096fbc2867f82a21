import { createHash } from 'node:crypto';
import type { GatewaySettings } from '@email-gateway/shared';
import { Secret } from '../vault/secret.ts';
import type { Facts, Marker } from './facts.ts';
import { mainCfParameters, mailLog, relayhostOf, renderMainCf, type MainCfInput, type Parameter } from './main-cf.ts';
import { renderGeneric, renderHeaderChecks, renderLogrotate, renderSaslPasswd, renderVirtualAlias } from './maps.ts';
import { masterServices, renderMasterCf, type MasterService } from './master-cf.ts';
import { localNames, type NamesInput, type TakesMail } from './own-names.ts';
import { isPublicMailDomain } from './public-mail-domains.ts';
import { parsePostfixVersion, type PostfixVersion } from './postfix-version.ts';
import { renderStatusFilter } from './status-filter.ts';
import { waitingFiles } from './waiting-files.ts';
import { writableMapOf } from './waiting.ts';

export interface DesiredFile {
	/** Absolute, or a name inside main.cf's folder `gateway-<n>`. */
	name: string;
	content: string | Secret;
	mode: '0600' | '0644';
	why: string;
}

/** What a server with a gateway is. A value: what is missing on a server is found by comparing (plan.ts). */
export interface Desired {
	packages: readonly { name: string; why: string }[];
	parameters: readonly Parameter[];
	/** main.cf for the maps in `gateway-<generation>`. */
	mainCf: ( generation: number ) => string;
	files: readonly DesiredFile[];
	masterCf: string;
	/** What master.cf holds. */
	services: readonly MasterService[];
	relayhost: string;
	/** `user:password` as the SMTP client must read it back. */
	credential: Secret;
	marker: Marker;
}

/** What a change begins from, as a look found it. */
export interface Base {
	/** The next change writes another one beside it. */
	generation: number;
	/** Another one that appears before the change belongs to somebody who was faster. */
	marker: Marker | null;
	/** The job whose log lies on the server: the same job attaches to it even where nothing is left to do. */
	lastJob: string | null;
}

export const baseOf = ( { generation, marker, lastJob }: Base ): Base => ( { generation, marker, lastJob } );

/** From where a server is brought to what. */
export interface Change {
	desired: Desired;
	base: Base;
}

const packages = [
	{ name: 'postfix', why: 'the mail relay' },
	{ name: 'libsasl2-modules', why: 'PLAIN and LOGIN for the sign-in at the provider' },
	{ name: 'ca-certificates', why: 'the well-known roots that verify the provider' },
	{ name: 'logrotate', why: 'keeps the mail log small' },
] as const;

/** Postfix of each release, for a server whose package lists are missing. */
const versionOfRelease: Record< string, PostfixVersion > = {
	'debian 11': [ 3, 5 ],
	'debian 12': [ 3, 7 ],
	'debian 13': [ 3, 10 ],
	'ubuntu 22.04': [ 3, 6 ],
	'ubuntu 24.04': [ 3, 8 ],
	'ubuntu 26.04': [ 3, 10 ],
};

export const configurationFolder = '/etc/postfix';
export const generationFolder = ( generation: number ) => `${ configurationFolder }/gateway-${ generation }`;

/** The version main.cf is rendered for: installed, else what would be installed, else what the release carries. */
export function renderedVersion( facts: Pick< Facts, 'postfixVersion' | 'candidate' | 'system' > ): PostfixVersion {
	return (
		parsePostfixVersion( facts.postfixVersion ) ??
		parsePostfixVersion( facts.candidate ) ??
		versionOfRelease[ `${ facts.system.id } ${ facts.system.versionId }` ] ?? [ 3, 5 ]
	);
}

export interface DesireInput {
	settings: GatewaySettings;
	password: Secret;
	/** Where mail for root goes. */
	rootMail: string;
	site: { id: string; url: string; serverId: number };
	/** What DNS said of `namesOf`; without it the server's names stay what they are there. */
	takesMail?: TakesMail;
}

/** The names of a server, and what Postfix calls itself: its own name where that is whole, else one below the Sending Domain. */
export function namesOf( settings: GatewaySettings, siteUrl: string, facts: Facts ): NamesInput {
	const isUsable = /^(?!localhost)[a-z0-9-]+(\.[a-z0-9-]+)+$/.test( facts.fqdn );
	const shortName =
		facts.hostname
			.split( '.' )[ 0 ]
			?.toLowerCase()
			.replace( /[^a-z0-9-]/g, '' ) || 'server';
	const hostname =
		settings.serverHostname ?? ( isUsable ? facts.fqdn : `${ shortName }.${ settings.sendingDomain }` );
	return { facts, hostname, settings, siteUrl };
}

/** What the server must become for these settings. Pure; the secret stays a Secret. */
export function desire( { settings, password, rootMail, site, takesMail }: DesireInput, facts: Facts ): Desired {
	const { sendingDomain } = settings;
	const naming = namesOf( settings, site.url, facts );
	const { hostname } = naming;
	const aliases = ( unknown: 'local' | 'domain' ) =>
		renderVirtualAlias( localNames( naming, takesMail ?? new Map(), unknown ), rootMail );
	const found = facts.files.find(
		( { path } ) => path === `${ generationFolder( facts.generation ) }/virtual_alias`
	);
	// a resolver that is down changes nothing on the server
	const unknown = found?.digest === keyedDigest( facts.digestKey, aliases( 'local' ) ) ? 'local' : 'domain';
	const names = localNames( naming, takesMail ?? new Map(), unknown );
	const account = [ settings.userName, rootMail ].find( ( address ) => address.endsWith( `@${ sendingDomain }` ) );
	const input = ( generation: number ): MainCfInput => ( {
		settings,
		hostname,
		version: renderedVersion( facts ),
		folder: generationFolder( generation ),
		authCache: writableMapOf( facts.system ),
	} );
	const relayhost = relayhostOf( settings );
	return {
		packages,
		parameters: mainCfParameters( input( facts.generation || 1 ) ),
		mainCf: ( generation ) => renderMainCf( input( generation ), site.url ),
		files: [
			{
				name: 'sasl_passwd',
				content: new Secret( renderSaslPasswd( relayhost, settings.userName, password.reveal() ) ),
				mode: '0600',
				why: 'the credential, readable by root only',
			},
			{
				name: 'virtual_alias',
				content: aliases( unknown ),
				mode: '0644',
				why: 'mail for root and other users of this server',
			},
			{
				name: 'generic',
				content: renderGeneric(
					names,
					sendingDomain,
					isPublicMailDomain( sendingDomain ) ? account ?? null : null
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
				content: renderHeaderChecks(),
				mode: '0644',
				why: 'the log names the From of each message',
			},
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
			...waitingFiles( facts ),
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
		],
		masterCf: renderMasterCf(),
		services: masterServices,
		relayhost,
		credential: new Secret( `${ settings.userName }:${ password.reveal() }` ),
		marker: { site: { id: site.id, url: site.url }, serverId: site.serverId, machine: facts.machine },
	};
}

/** Digest of a file as `look` reports it: keyed, so that a credential cannot be guessed from it. */
export function keyedDigest( key: Secret, content: string | Secret ): string {
	const text = typeof content === 'string' ? content : content.reveal();
	return createHash( 'sha256' ).update( key.reveal() ).update( text ).digest( 'hex' );
}

// Only for tests: what a look finds on servers in well-known states.
import type { GatewaySettings } from '@email-gateway/shared';
import { Secret } from '../vault/secret.ts';
import { desire, type Desired } from './desired.ts';
import { keyedDigest } from './keyed-digest.ts';
import { generationFolder } from './folders.ts';
import type { Facts } from './facts.ts';
import { noRules, type Rules } from './rules.ts';
import type { TakesMail } from './own-names.ts';

export const site = { id: 'site-1', url: 'https://example.com', serverId: 7 };

export const settings: GatewaySettings = {
	smtpServer: 'smtp.provider.example',
	smtpPort: 587,
	userName: 'gateway@example.com',
	sendingDomain: 'example.com',
	note: '',
	serverHostname: null,
	rootMail: null,
	caCertificate: null,
};

/** A fresh Debian 12 without any mail system. */
export const freshFacts: Facts = {
	system: { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
	systemd: true,
	hostname: 'web1',
	fqdn: 'web1.hosting.example',
	etckeeper: false,
	panels: [],
	packages: { 'ca-certificates': '20230311', logrotate: '3.21.0-1' },
	candidate: '3.7.11-0+deb12u1',
	postfixVersion: null,
	missingFiles: [],
	lostRights: [],
	rootStore: true,
	machine: 'a'.repeat( 64 ),
	sendmail: 'none',
	postfix: { running: false, enabled: false, parameters: [], services: [], masked: [], mainIsLink: false },
	listens: [],
	port25: [],
	others: [],
	phpAround: [],
	waitingMailKept: false,
	capsKept: false,
	doorsKept: false,
	refusedDoors: [],
	signedInAs: 0,
	over: [],
	clockAheadS: 0,
	queue: 0,
	stuck: 0,
	kept: 0,
	oldestS: null,
	deferrals: [],
	oldQueue: 0,
	room: [],
	sites: [],
	sitesLeftOut: false,
	sideDoors: [],
	generation: 0,
	files: [],
	digestKey: new Secret( '00112233445566778899aabbccddeeff' ),
	rootAlias: '',
	oldCredentials: [],
	marker: null,
	unfinished: null,
	leftovers: false,
	lastJob: null,
};

export const desireFor = (
	facts: Facts,
	changes: Partial< GatewaySettings > = {},
	password = 'secret',
	takesMail?: TakesMail,
	rules: Rules = noRules
): Desired =>
	desire(
		{
			settings: { ...settings, ...changes },
			password: new Secret( password ),
			rootMail: 'admin@example.com',
			rules,
			site,
			...( takesMail && { takesMail } ),
		},
		facts
	);

/** The same server after an install with `settings` and the password `secret`. */
export const installedFacts = (): Facts => factsAfter( desireFor( withPostfix ) );

const withPostfix: Facts = { ...freshFacts, postfixVersion: '3.7.11', generation: 3, sendmail: 'postfix' };

/** The fresh server after an install that was planned for it. */
export function factsAfter( desired: Desired ): Facts {
	const base = withPostfix;
	const file = ( path: string, content: string | Secret, mode: string ) => ( {
		path,
		digest: keyedDigest( base.digestKey, content ),
		mode: mode.slice( 1 ),
		owner: 'root',
	} );
	return {
		...base,
		packages: {
			...Object.fromEntries( desired.packages.map( ( { name } ) => [ name, '1' ] ) ),
			...{ ...base.packages, postfix: '3.7.11-0+deb12u1', 'libsasl2-modules': '2.1.28' },
		},
		postfix: {
			running: true,
			enabled: true,
			parameters: desired.parameters.map( ( { name, value } ) => `${ name } = ${ value }`.trim() ),
			// as `postconf -M` aligns it
			services: desired.services.map( ( { entry } ) => entry.replaceAll( ' ', '  ' ) ),
			masked: [],
			mainIsLink: false,
		},
		listens: [
			{ address: '0100007F', port: 25 },
			{ address: '00000000000000000000000001000000', port: 25 },
		],
		files: [
			file( '/etc/postfix/main.cf', desired.mainCf( 3 ), '0644' ),
			file( '/etc/postfix/master.cf', desired.masterCf, '0644' ),
			...desired.files.map( ( { name, content, mode } ) =>
				file( name.startsWith( '/' ) ? name : `${ generationFolder( 3 ) }/${ name }`, content, mode )
			),
		],
		marker: desired.marker,
		waitingMailKept: true,
		capsKept: desired.files.some( ( { name } ) => name.endsWith( 'email-gateway-caps' ) ),
		doorsKept: desired.files.some( ( { name } ) => name.endsWith( 'email-gateway-doors' ) ),
	};
}

import type { GatewaySettings } from '@email-gateway/shared';
import { Secret } from '../vault/secret.ts';
import { desiredFiles, type DesiredFile } from './desired-files.ts';
import { doorsPackage } from './doors.ts';
import type { Facts, Marker } from './facts.ts';
import { mainCfParameters, relayhostOf, renderMainCf, type MainCfInput, type Parameter } from './main-cf.ts';
import { renderVirtualAlias } from './maps.ts';
import { masterServices, renderMasterCf, type MasterService } from './master-cf.ts';
import { localNames, type TakesMail } from './own-names.ts';
import { noRules, type Rules } from './rules.ts';
import { writableMapOf } from './waiting.ts';
import { renderedVersion } from './rendered-version.ts';
import { generationFolder } from './folders.ts';
import { keyedDigest } from './keyed-digest.ts';
import { namesOf } from './server-names.ts';

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

const packages = [
	{ name: 'postfix', why: 'the mail relay' },
	{ name: 'libsasl2-modules', why: 'PLAIN and LOGIN for the sign-in at the provider' },
	{ name: 'ca-certificates', why: 'the well-known roots that verify the provider' },
	{ name: 'logrotate', why: 'keeps the mail log small' },
] as const;

export interface DesireInput {
	settings: GatewaySettings;
	password: Secret;
	/** Where mail for root goes. */
	rootMail: string;
	site: { id: string; url: string; serverId: number };
	/** What DNS said of `namesOf`; without it the server's names stay what they are there. */
	takesMail?: TakesMail;
	rules?: Rules;
}

/** What the server must become for these settings. Pure; the secret stays a Secret. */
export function desire(
	{ settings, password, rootMail, site, takesMail, rules: decided = noRules }: DesireInput,
	facts: Facts
): Desired {
	// nothing goes out that could count; where one mailbox gets it, a flood would still use up the account
	const nothingLeaves = decided.sandbox !== null && decided.sandbox.kind !== 'redirect';
	const rules = nothingLeaves ? { ...decided, caps: [] } : decided;
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
		rules,
	} );
	const relayhost = relayhostOf( settings );
	return {
		packages: [ ...packages, ...( rules.closedDoors.length > 0 ? [ doorsPackage ] : [] ) ],
		parameters: mainCfParameters( input( facts.generation || 1 ) ),
		mainCf: ( generation ) => renderMainCf( input( generation ), site.url ),
		files: desiredFiles( { settings, password, names, aliases: aliases( unknown ), account, rules }, facts ),
		masterCf: renderMasterCf( rules.routes ),
		services: masterServices( rules.routes ),
		relayhost,
		credential: new Secret( `${ settings.userName }:${ password.reveal() }` ),
		marker: { site: { id: site.id, url: site.url }, serverId: site.serverId, machine: facts.machine },
	};
}

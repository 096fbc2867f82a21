import type { Desired } from '../src/gateway/desired.ts';
import { keyedDigest } from '../src/gateway/keyed-digest.ts';
import { generationFolder } from '../src/gateway/folders.ts';
import type { Facts } from '../src/gateway/facts.ts';
import { bareFacts } from './fake-tools.ts';

/** What a look finds after an apply. */
export const factsOf = ( desired: Desired ): Facts => ( {
	...bareFacts,
	packages: Object.fromEntries( desired.packages.map( ( { name } ) => [ name, '1' ] ) ),
	postfixVersion: '3.7.11',
	sendmail: 'postfix',
	postfix: {
		...{ running: true, enabled: true, masked: [], mainIsLink: false },
		parameters: desired.parameters.map( ( { name, value } ) => `${ name } = ${ value }` ),
		services: desired.services.map( ( { entry } ) => entry ),
	},
	listens: [ { address: '0100007F', port: 25 } ],
	generation: 1,
	files: [
		{ name: '/etc/postfix/main.cf', content: desired.mainCf( 1 ), mode: '0644' },
		{ name: '/etc/postfix/master.cf', content: desired.masterCf, mode: '0644' },
		...desired.files,
	].map( ( { name, content, mode } ) => ( {
		path: name.startsWith( '/' ) ? name : `${ generationFolder( 1 ) }/${ name }`,
		digest: keyedDigest( bareFacts.digestKey, content ),
		mode,
		owner: 'root',
	} ) ),
	marker: desired.marker,
	waitingMailKept: true,
	capsKept: desired.files.some( ( { name } ) => name.endsWith( 'email-gateway-caps' ) ),
	doorsKept: desired.files.some( ( { name } ) => name.endsWith( 'email-gateway-doors' ) ),
} );

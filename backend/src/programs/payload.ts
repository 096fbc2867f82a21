import { createHash } from 'node:crypto';
import type { Change } from '../gateway/change.ts';
import type { Secret } from '../vault/secret.ts';
import { programs } from './compose.ts';

const base64 = ( text: string | Secret ) =>
	Buffer.from( typeof text === 'string' ? text : text.reveal(), 'utf8' ).toString( 'base64' );

/** Standard input of start.sh for an apply. One value a line; free text and secrets in base64, read by builtins only. */
export function applyPayload( jobId: string, { desired, base }: Change ): Buffer {
	const generation = base.generation + 1;
	return frame( jobId, [
		`worker ${ base64( programs.apply ) }`,
		`before_dpkg ${ base64( programs.beforeDpkg ) }`,
		`generation ${ generation }`,
		`packages ${ desired.packages.map( ( { name } ) => name ).join( ' ' ) }`,
		`relayhost ${ desired.relayhost }`,
		`main ${ base64( desired.mainCf( generation ) ) }`,
		...desired.files.map( ( { name, mode, content } ) => `file ${ name } ${ mode } ${ base64( content ) }` ),
		`master ${ base64( desired.masterCf ) }`,
		`credential ${ base64( desired.credential ) }`,
		`marker ${ base64( JSON.stringify( desired.marker ) ) }`,
		`found ${ base.marker ? base64( JSON.stringify( base.marker ) ) : '-' }`,
	] );
}

/** Standard input of start.sh for a remove. */
export function removePayload( jobId: string, waitingMail: 'refuse' | 'save' ): Buffer {
	return frame( jobId, [ `worker ${ base64( programs.remove ) }`, `waiting ${ waitingMail }` ] );
}

/** Job id, byte count and digest first: a payload that was cut off starts nothing. */
function frame( jobId: string, lines: readonly string[] ): Buffer {
	const payload = Buffer.from( `${ lines.join( '\n' ) }\n`, 'utf8' );
	const digest = createHash( 'sha256' ).update( payload ).digest( 'hex' );
	return Buffer.concat( [ Buffer.from( `${ jobId } ${ payload.length } ${ digest }\n` ), payload ] );
}

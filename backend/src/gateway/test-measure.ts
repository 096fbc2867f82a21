import type { Diagnosis } from '@email-gateway/shared';
import { diagnose } from './diagnosis.ts';
import { parseDeliveryToAnyone, parseLine } from './mail-log.ts';
import { renderStatusFilter } from './status-filter.ts';
import { asPostfixAsks, type LabelledReply } from './test-replies.ts';
import { readTable } from './test-regexp-table.ts';

const filter = readTable( renderStatusFilter() );

/** What the product says of a labelled reply, as the mail log would have it. */
function say( row: LabelledReply ) {
	const { raw, log, relay = null, status = 'deferred', service = 'smtp', contexts = [] } = row;
	const delivery = log === undefined ? null : parseLine( log );
	const told = delivery && parseDeliveryToAnyone( delivery );
	if ( told ) {
		return diagnose( told, contexts );
	}
	const asked = raw ?? delivery?.text ?? log ?? asPostfixAsks( row ).replace( /^\S+ /, '' );
	const at = relay ?? ( row.host === undefined ? null : `${ row.host }[203.0.113.9]:587` );
	return diagnose( { status, dsn: null, relay: at, reason: asked, service }, contexts );
}

/** What the table makes of a reply; a line of a log tells what became of the message. */
function staysInQueue( row: LabelledReply ): boolean {
	const line = row.log === undefined ? null : parseLine( row.log );
	const status = line && parseDeliveryToAnyone( line )?.status;
	return status ? [ 'deferred', 'SOFTBOUNCE' ].includes( status ) : /^4/.test( filter( asPostfixAsks( row ) ) ?? '' );
}

const isRight = ( { whose, also = [] }: LabelledReply, said: Diagnosis ) =>
	[ whose, ...also ].some( ( one ) => one === said.whose );

/** How many of labelled replies are read right, and how many wrong; not which. */
export function measure( rows: readonly LabelledReply[] ) {
	const read = rows.map( ( row ) => ( { row, said: say( row ) } ) );
	const right = read.filter( ( { row, said } ) => isRight( row, said ) );
	const wrong = read.filter(
		( { row, row: { causes = [], tolerable = [] }, said } ) =>
			said.whose !== null && ! isRight( row, said ) && ! [ ...causes, ...tolerable ].includes( said.cause )
	);
	// where the stage is told, the table of Postfix decides; a line of a log tells what became of the message
	const staged = rows.filter( ( { stage, waits } ) => stage !== undefined && waits !== undefined );
	const logged = rows.filter( ( { log, waits } ) => log !== undefined && waits !== undefined );
	const areRight = ( some: readonly LabelledReply[] ) =>
		some.length === 0 ? 1 : some.filter( ( row ) => staysInQueue( row ) === row.waits ).length / some.length;
	const byWhose = Object.fromEntries(
		[ ...new Set( rows.map( ( { whose } ) => whose ) ) ].sort().map( ( whose ) => {
			const of = ( some: readonly { row: LabelledReply }[] ) =>
				some.filter( ( { row } ) => row.whose === whose ).length;
			return [ whose, { lines: of( read ), right: of( right ), wrong: of( wrong ) } ];
		} )
	);
	return {
		lines: rows.length,
		right: right.length / rows.length,
		wrong: wrong.length / rows.length,
		staged: staged.length,
		waits: areRight( staged ),
		waitsInLogs: areRight( logged ),
		byWhose,
	};
}

import { describe, expect, test } from '@jest/globals';
import type { Diagnosis } from '@email-gateway/shared';
import { diagnose } from './diagnosis.ts';
import { parseDeliveryToAnyone, parseLine } from '../target/mail-log.ts';
import { renderStatusFilter } from './status-filter.ts';
import { asPostfixAsks, readReplies, type LabelledReply } from './test-replies.ts';
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
	return status ? status === 'deferred' : /^4/.test( filter( asPostfixAsks( row ) ) ?? '' );
}

const isRight = ( { whose, also = [] }: LabelledReply, said: Diagnosis ) =>
	[ whose, ...also ].some( ( one ) => one === said.whose );

function measure( rows: readonly LabelledReply[] ) {
	const read = rows.map( ( row ) => ( { row, said: say( row ) } ) );
	const right = read.filter( ( { row, said } ) => isRight( row, said ) );
	const wrong = read.filter(
		( { row, row: { causes = [], tolerable = [] }, said } ) =>
			said.whose !== null && ! isRight( row, said ) && ! [ ...causes, ...tolerable ].includes( said.cause )
	);
	const staged = rows.filter( ( { waits } ) => waits !== undefined );
	const waits = staged.filter( ( row ) => staysInQueue( row ) === row.waits );
	return {
		lines: rows.length,
		right: right.length / rows.length,
		wrong: wrong.length / rows.length,
		waits: waits.length / staged.length,
	};
}

describe( 'replies with their meaning', () => {
	test( 'whose matter it is is right for nine of ten of the known ones, and never wrong', () => {
		const { lines, right, wrong, waits } = measure( readReplies( 'first.json' ) );
		expect( lines ).toBeGreaterThanOrEqual( 123 );
		expect( wrong ).toBe( 0 );
		expect( right ).toBeGreaterThanOrEqual( 0.9 );
		expect( waits ).toBeGreaterThanOrEqual( 0.97 );
	} );

	// the second set is read by nobody who writes rules: only these totals are told
	test( 'the same of replies that no rule was written for', () => {
		const { lines, right, wrong, waits } = measure( readReplies( 'second.json' ) );
		expect( lines ).toBeGreaterThanOrEqual( 150 );
		expect( right ).toBeGreaterThanOrEqual( 0.8 );
		expect( wrong ).toBeLessThanOrEqual( 0.09 );
		expect( waits ).toBeGreaterThanOrEqual( 0.97 );
	} );
} );

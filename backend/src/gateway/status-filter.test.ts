import { describe, expect, test } from '@jest/globals';
import { lexicon } from './reading/lexicon.ts';
import { isPortable } from './reading/pattern.ts';
import { readTable } from './test-regexp-table.ts';
import { askedOf, renderStatusFilter } from './status-filter.ts';
import { asPostfixAsks, readReplies } from './test-replies.ts';

const table = renderStatusFilter();
const lookUp = readTable( table );
const said = ( reply: string, stage: string ) => lookUp( asPostfixAsks( { host: 'smtp.example.com', stage, reply } ) );

describe( 'what waits', () => {
	test( 'is told right for 97 of 100 replies', () => {
		const staged = readReplies( 'first.json' ).filter( ( { stage, waits } ) => stage && waits !== undefined );
		const right = staged.filter( ( row ) => /^4/.test( lookUp( asPostfixAsks( row ) ) ?? '' ) === row.waits );
		expect( staged.length ).toBeGreaterThan( 100 );
		expect( right.length / staged.length ).toBeGreaterThanOrEqual( 0.97 );
	} );

	test.each( [
		[ '550 5.4.5 Daily user sending limit exceeded', 'end of DATA' ],
		[ '554 5.7.8 Account suspended', 'MAIL FROM' ],
		[ '550 Sender address rejected: not owned by user', 'RCPT TO' ],
		[ '550 5.7.26 Unauthenticated email is not accepted due to domain’s DMARC policy', 'end of DATA' ],
		[ '530 5.7.0 Authentication required', 'MAIL FROM' ],
		[ '550 xyzzy', 'MAIL FROM' ],
		[ '550 xyzzy', 'end of DATA' ],
	] )( '%s (%s) waits', ( reply, stage ) => {
		const asked = asPostfixAsks( { host: 'smtp.example.com', stage, reply } );
		expect( said( reply, stage ) ).toBe( asked.replace( /^5/, '4' ) );
	} );

	test.each( [
		[ '550 5.1.1 User unknown', 'RCPT TO' ],
		[ '550 no mailbox here', 'RCPT TO' ],
		[ '552 5.2.2 mailbox full', 'end of DATA' ],
		[ '554 5.7.1 Message rejected as spam', 'end of DATA' ],
		[ '550 xyzzy', 'RCPT TO' ],
	] )( '%s (%s) comes back at once', ( reply, stage ) => {
		expect( said( reply, stage ) ).toMatch( /^5\./ );
	} );

	test( 'a phrase ends where the provider’s words end', () => {
		// “not allowed (in reply to end of DATA” is no “not allowed in …”
		expect( said( '552 5.7.0 Your attachment type is not allowed', 'end of DATA' ) ).toMatch( /^5\./ );
	} );

	test( 'the words of a line of several are read across its codes', () => {
		const reply = '550-5.4.5 Daily user\n550-5.4.5 sending limit\n550 5.4.5 exceeded';
		expect( said( reply, 'end of DATA' ) ).toMatch( /^4\.4\.5 host .*exceeded \(in reply/ );
	} );

	test( 'success, and what waits anyway, stays as it is', () => {
		expect( lookUp( '2.0.0 250 ok' ) ).toBe( '2.0.0 250 ok' );
		expect( said( '452 4.2.2 mailbox full', 'RCPT TO' ) ).toMatch( /^4\.2\.2 / );
	} );

	test( 'Postfix itself is answered, too', () => {
		expect( lookUp( '5.4.6 mail for mail.example.com loops back to myself' ) ).toMatch( /^4\.4\.6 mail/ );
		expect( lookUp( '5.3.4 message size 2 exceeds size limit 1 of server smtp.example.com' ) ).toMatch(
			/^5\.3\.4/
		);
	} );
} );

describe( 'the table', () => {
	test( 'is text that regexp_table(5) takes: ASCII, every `if` closed, nothing that POSIX has not', () => {
		const lines = table.split( '\n' ).filter( ( line ) => line !== '' && ! line.startsWith( '#' ) );
		expect( table ).toMatch( /^[\n -~]+$/ );
		expect( lines.filter( ( line ) => ! /^(endif|if !?\/.*\/|\/.*\/ [45]?\$1)$/.test( line ) ) ).toEqual( [] );
		expect( lines.filter( ( line ) => /\\|\(\?|\{/.test( line ) ) ).toEqual( [] );
		expect( lines.filter( ( line ) => line.startsWith( 'if ' ) ) ).toHaveLength(
			lines.filter( ( line ) => line === 'endif' ).length
		);
	} );

	test( 'tells of each rule what it means', () => {
		for ( const { means } of askedOf ) {
			expect( table ).toContain( means.replaceAll( '’', "'" ) );
		}
	} );

	test( 'each smtp(8) reads the whole of it as it starts: no rule stands in it that never fits', () => {
		expect( table ).not.toMatch( /^if \/ said: 4/m );
		expect( table ).not.toContain( 'in reply to (AUTH' );
		expect( table.split( '\n' ).filter( ( line ) => /^(if !?)?\//.test( line ) ).length ).toBeLessThan( 300 );
	} );

	test( 'no phrase is found in what Postfix itself adds', () => {
		const stages = [ 'AUTH', 'MAIL FROM', 'RCPT TO', 'DATA', 'end of DATA' ];
		const found = stages.filter( ( stage ) => said( '550 xyzzy', stage )?.startsWith( '5' ) );
		expect( found ).toEqual( [ 'RCPT TO' ] );
	} );

	test( 'nor does what Postfix adds keep a rule from counting', () => {
		// smtpOff counts unless “from” is said: MAIL FROM is no word of the provider
		expect( said( '550 SMTP access is disabled', 'MAIL FROM' ) ).toMatch( /^4/ );
		expect( lookUp( asPostfixAsks( { stage: 'RCPT TO', reply: '552 5.2.2 Mailbox over quota' } ) ) ).toMatch(
			/^5/
		);
		const conditions = table.split( '\n' ).filter( ( line ) => line.startsWith( 'if !/ said: .' ) );
		expect( conditions.length ).toBeGreaterThan( 20 );
		for ( const condition of conditions ) {
			const pattern = new RegExp( condition.slice( 'if !/'.length, -1 ), 'i' );
			expect( pattern.test( '5.0.0 host h[::1] said: 550 xyzzy (in reply to MAIL FROM command)' ) ).toBe( false );
			expect( pattern.test( '5.0.0 host h[::1] said: 550 xyzzy (in reply to end of DATA command)' ) ).toBe(
				false
			);
		}
	} );

	test( 'a phrase in Latin letters can be written in both', () => {
		const all = lexicon.flatMap( ( { says = [], and = [], unless = [] } ) => [ ...says, ...and, ...unless ] );
		const foreign = /[\u0400-\uffff]/;
		expect( all.filter( ( phrase ) => ! foreign.test( phrase ) && ! isPortable( phrase ) ) ).toEqual( [] );
	} );
} );

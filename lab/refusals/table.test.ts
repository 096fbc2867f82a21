import { expect, test } from '@jest/globals';
import type { Played } from './play.ts';
import { fortyRefusals, mendable, sample } from './rows.ts';
import { renderRefusals } from './table.ts';

const refusal = {
	whose: 'account',
	group: 'account',
	stage: 'DATA',
	reply: '550-5.4.5 Limit\n550 5.4.5 met',
	waits: true,
} as const;
const waited: Played = {
	refusal,
	kind: 'debian12',
	became: 'waits',
	test: 'waiting: account, quota_exceeded',
	arrived: 1,
};

test( 'the table tells what became of each mail, and what is lost', () => {
	const lost: Played = { ...waited, kind: 'debian13', became: 'bounces', test: 'refused: –, unknown', arrived: 0 };
	const ofNobody = { ...refusal, whose: 'content', group: 'recipient or content', waits: false } as const;
	const unread: Played = { ...waited, refusal: ofNobody, test: 'waiting: –, unknown' };
	const text = renderRefusals( [ waited, lost, { ...waited, arrived: 2 }, unread ] );
	expect( text.split( '\n' ).map( ( line ) => line.replace( / {2,}/g, ' | ' ) ) ).toEqual( [
		'Whose | At | The provider says | Server | The mail | A test email says | Arrives | As labelled',
		'account | DATA | 550-5.4.5 Limit 550 5.4.5 met | debian12 | waits | waiting: account, quota_exceeded | 1 times | yes',
		'account | DATA | 550-5.4.5 Limit 550 5.4.5 met | debian13 | bounces | refused: –, unknown | – | NO',
		'account | DATA | 550-5.4.5 Limit 550 5.4.5 met | debian12 | waits | waiting: account, quota_exceeded | 2 times | NO',
		'content | DATA | 550-5.4.5 Limit 550 5.4.5 met | debian12 | waits | waiting: –, unknown | 1 times | waits, for nothing tells',
		'',
		'account: 3 played, 1 as labelled, 2 waited, 2 lost or twice',
		'recipient or content: 1 played, 0 as labelled, 1 waited, 0 lost or twice',
	] );
} );

test( 'ten refusals of each group are played, at every stage, and a sample of them', () => {
	const groups = fortyRefusals().map( ( { group } ) => group );
	expect(
		Object.fromEntries(
			[ ...new Set( groups ) ].map( ( one ) => [ one, groups.filter( ( group ) => group === one ).length ] )
		)
	).toEqual( {
		...{ account: 10, sender: 10, 'recipient or content': 10, 'server or provider': 10 },
	} );
	expect( new Set( fortyRefusals().map( ( { reply } ) => reply ) ).size ).toBe( 40 );
	expect( [ ...new Set( fortyRefusals().map( ( { stage } ) => stage ) ) ].sort() ).toEqual( [
		...[ 'AUTH', 'DATA', 'MAIL FROM', 'RCPT TO', 'end of DATA', 'greeting' ],
	] );
	expect( sample().map( ( { group } ) => group ) ).toEqual( [ ...new Set( groups ) ] );
	expect( mendable().length ).toBeGreaterThanOrEqual( 50 );
	expect( mendable().every( ( { waits } ) => waits ) ).toBe( true );
} );

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stepThread, type Hush, type Thread, type Told } from './thread.ts';

const minuteMs = 60_000;
const iso = ( minute: number ) => new Date( Date.UTC( 2026, 0, 1 ) + minute * minuteMs ).toISOString();

interface Moment {
	minute: number;
	/** Incidents that are open then. */
	open: readonly string[];
	hidden?: readonly string[];
	/** Said at this moment. */
	acknowledge?: boolean;
	/** Minutes. */
	muteFor?: number;
}
interface Heard {
	minute: number;
	tell: Told;
	thread: string;
}

/** Plays moments to one viewer; gives what the viewer hears. */
function play( moments: readonly Moment[] ): Heard[] {
	let thread: Thread | null = null;
	let hush: Hush = { acknowledgedAt: null, mutedUntil: null };
	let count = 0;
	return moments.flatMap( ( { minute, open, hidden = [], acknowledge, muteFor } ) => {
		hush = {
			acknowledgedAt: acknowledge ? iso( minute ) : hush.acknowledgedAt,
			mutedUntil: muteFor ? iso( minute + muteFor ) : hush.mutedUntil,
		};
		const members = open.map( ( id ) => ( { id, seenAt: iso( 0 ), isHidden: hidden.includes( id ) } ) );
		const before: Thread | null = thread;
		const step = stepThread( before, { members, hush, at: iso( minute ), newId: () => `t${ ++count }` } );
		thread = step.thread;
		return step.tell ? [ { minute, tell: step.tell, thread: ( step.thread ?? before )?.id ?? '' } ] : [];
	} );
}
const heard = ( moments: readonly Moment[] ) => play( moments ).map( ( { minute, tell } ) => `${ minute } ${ tell }` );
const each = ( from: number, to: number, rest: Omit< Moment, 'minute' > ): Moment[] =>
	Array.from( { length: to - from }, ( _, n ) => ( { minute: from + n, ...rest } ) );

describe( 'what one viewer hears of a trouble', () => {
	test( 'its beginning, a repeat after four hours and then daily, its end once', () => {
		const days = each( 0, 60 * 55, { open: [ 'a' ] } );
		expect( heard( [ ...days, ...each( 3300, 3310, { open: [] } ) ] ) ).toEqual( [
			...[ '0 opened', '240 still', '1680 still', '3120 still' ],
			'3300 over',
		] );
	} );

	test( 'one alert for a provider: servers that join or leave it are no news, the last one is its end', () => {
		expect(
			heard( [
				{ minute: 0, open: [ 'a' ] },
				{ minute: 1, open: [ 'a', 'b', 'c' ] },
				{ minute: 2, open: [ 'c' ] },
				{ minute: 3, open: [] },
			] )
		).toEqual( [ '0 opened', '3 over' ] );
	} );

	test( 'no repeat once it is acknowledged, but its end', () => {
		const moments = each( 1, 3000, { open: [ 'a' ] } );
		const known = [ { minute: 0, open: [ 'a' ] }, { minute: 0, open: [ 'a' ], acknowledge: true }, ...moments ];
		expect( heard( [ ...known, { minute: 3000, open: [] } ] ) ).toEqual( [ '0 opened', '3000 over' ] );
	} );

	test( 'of the next one again: who acknowledged one trouble has not acknowledged another', () => {
		expect(
			heard( [
				{ minute: 0, open: [ 'a' ] },
				{ minute: 1, open: [ 'a' ], acknowledge: true },
				{ minute: 2, open: [] },
				{ minute: 3, open: [ 'b' ] },
			] )
		).toEqual( [ '0 opened', '2 over', '3 opened' ] );
	} );

	test( 'nothing while it is muted; then what is still so, and nothing that has ended', () => {
		const muted = { minute: 0, open: [], muteFor: 60 };
		expect( heard( [ muted, ...each( 10, 70, { open: [ 'a' ] } ) ] ) ).toEqual( [ '60 opened' ] );
		expect( heard( [ muted, ...each( 10, 50, { open: [ 'a' ] } ), ...each( 50, 90, { open: [] } ) ] ) ).toEqual(
			[]
		);
	} );

	test( 'after a mute no alert of what was told before it', () => {
		const moments = [
			{ minute: 0, open: [ 'a' ] },
			{ minute: 1, open: [ 'a' ], muteFor: 600 },
		];
		expect( heard( [ ...moments, ...each( 2, 900, { open: [ 'a' ] } ) ] ) ).toEqual( [ '0 opened', '841 still' ] );
	} );

	test( 'nothing of a server that cannot be reached, until it can', () => {
		expect(
			heard( [
				...each( 0, 5, { open: [ 'a' ], hidden: [ 'a' ] } ),
				...each( 5, 7, { open: [ 'a' ] } ),
				...each( 7, 1000, { open: [ 'a' ], hidden: [ 'a' ] } ),
				{ minute: 1000, open: [] },
			] )
		).toEqual( [ '5 opened', '1000 over' ] );
	} );
} );

describe( 'whatever happens', () => {
	const ids = fc.subarray( [ 'a', 'b', 'c' ] );
	const moment = fc.record(
		{
			after: fc.oneof( fc.integer( { min: 1, max: 10 } ), fc.integer( { min: 1, max: 2000 } ) ),
			open: ids,
			hidden: ids,
			acknowledge: fc.integer( { min: 0, max: 9 } ).map( ( n ) => n === 0 ),
			muteFor: fc.integer( { min: -3000, max: 300 } ).map( ( n ) => Math.max( 0, n ) ),
		},
		{ requiredKeys: [ 'after', 'open', 'hidden' ] }
	);
	const history = fc.array( moment, { maxLength: 60 } ).map( ( all ) => {
		let minute = 0;
		return all.map( ( { after, ...rest } ): Moment => ( { minute: ( minute += after ), ...rest } ) );
	} );
	const holds = ( property: ( moments: Moment[], told: Heard[] ) => void ) =>
		fc.assert(
			fc.property( history, ( moments ) => property( moments, play( moments ) ) ),
			{ numRuns: 500, seed: 13 }
		);

	test( 'each trouble is told as opened once and first, and as over once and last', () => {
		holds( ( _moments, told ) => {
			for ( const thread of new Set( told.map( ( one ) => one.thread ) ) ) {
				const words = told.filter( ( one ) => one.thread === thread ).map( ( { tell } ) => tell );
				expect( words.join( ' ' ) ).toMatch( /^opened( still)*( over)?$/ );
			}
		} );
	} );

	test( 'nothing is told while it is muted', () => {
		holds( ( moments, told ) => {
			let until = 0;
			const muted = new Set< number >();
			for ( const { minute, muteFor } of moments ) {
				until = muteFor ? minute + muteFor : until;
				if ( until > minute ) {
					muted.add( minute );
				}
			}
			expect( told.filter( ( { minute } ) => muted.has( minute ) ) ).toEqual( [] );
		} );
	} );

	test( 'nothing is repeated within four hours, nor a second time within a day', () => {
		holds( ( _moments, told ) => {
			const repeats = told.filter( ( { tell } ) => tell === 'still' );
			for ( const one of repeats ) {
				const of = told.filter( ( { thread, tell } ) => thread === one.thread && tell !== 'over' );
				const nth = of.indexOf( one );
				expect( one.minute - ( of[ nth - 1 ] as Heard ).minute ).toBeGreaterThanOrEqual(
					nth === 1 ? 240 : 1440
				);
			}
		} );
	} );

	test( 'nothing begins, and nothing is repeated, of servers that are all out of reach or well', () => {
		holds( ( moments, told ) => {
			for ( const { minute, tell } of told.filter( ( one ) => one.tell !== 'over' ) ) {
				const { open, hidden = [] } = moments.find( ( one ) => one.minute === minute ) as Moment;
				expect( `${ tell } ${ open.some( ( id ) => ! hidden.includes( id ) ) }` ).toBe( `${ tell } true` );
			}
		} );
	} );

	test( 'an end is told only when nothing of it is left', () => {
		holds( ( moments, told ) => {
			for ( const { minute } of told.filter( ( { tell } ) => tell === 'over' ) ) {
				expect( moments.find( ( one ) => one.minute === minute )?.open ).toEqual( [] );
			}
		} );
	} );
} );

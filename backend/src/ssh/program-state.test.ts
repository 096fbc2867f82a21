import { describe, expect, test } from '@jest/globals';
import {
	refusalError,
	startOf,
	step,
	type ProgramEffect,
	type ProgramEvent,
	type ProgramState,
} from './program-state.ts';

const nonce = 'abc';
const at = ( state: Partial< ProgramState > ): ProgramState => ( { ...startOf( 'unknown' ), ...state } );
const line = ( text: string ): ProgramEvent => ( { type: 'line', text } );
const as = ( word: string ) => line( `AS ${ nonce } ${ word }` );
const ready = line( `READY ${ nonce }` );
const opened: ProgramEvent = { type: 'opened' };
const asked: ProgramEvent = { type: 'asked' };
const closed: ProgramEvent = { type: 'closed' };
const begin: ProgramEffect = { type: 'begin' };
const sendPassword: ProgramEffect = { type: 'send_password' };
const fail = ( why: string ) => ( { type: 'fail', why } );

type Changed = Partial< ProgramState >;
type Row = [ title: string, before: Changed, event: ProgramEvent, after: Changed, effect?: object ];
const rows: Row[] = [
	[ 'open, nothing known', {}, opened, {} ],
	[ 'open as user', { way: 'user' }, opened, { at: 'ready' }, begin ],
	[ 'open as root', { way: 'root' }, opened, { at: 'ready' }, begin ],
	[ 'open with sudo', { way: 'sudo' }, opened, { at: 'ready' }, begin ],
	[ 'open with a password', { way: 'sudo_password' }, opened, { at: 'asking' }, sendPassword ],

	[ 'a word of a login script', {}, line( 'Welcome' ), { noise: 'Welcome\n' } ],
	[ 'a word with another nonce', {}, line( 'AS xyz root' ), { noise: 'AS xyz root\n' } ],
	[ 'it runs as the user', {}, as( 'user' ), { at: 'asking' } ],
	[ 'it is root', { at: 'asking' }, as( 'root' ), { at: 'ready', way: 'root' }, begin ],
	[ 'root at once', {}, as( 'root' ), { at: 'ready', way: 'root' }, begin ],
	[ 'sudo without a password', { at: 'asking' }, as( 'sudo' ), { at: 'ready', way: 'sudo' }, begin ],
	[ 'sudo with one', { at: 'asking' }, as( 'sudo_password' ), { way: 'sudo_password' }, sendPassword ],
	[ 'another word', { at: 'asking' }, as( 'toor' ), { at: 'ended' }, fail( 'unknown_way' ) ],
	[ 'READY before it said how', { at: 'asking' }, ready, { noise: `READY ${ nonce }\n` } ],
	...[ 'no_sudo', 'needs_tty', 'limited', 'noexec', 'no_place' ].map(
		( problem ): Row => [
			...( [ problem, { at: 'asking' }, as( problem ), { at: 'ended' }, fail( problem ) ] as const ),
		]
	),
	[ 'a problem of sudo later', { at: 'ready', way: 'sudo' }, as( 'noexec' ), { at: 'ended' }, fail( 'noexec' ) ],
	[ 'another way than the known one', { at: 'ready', way: 'root' }, as( 'sudo_password' ), {} ],

	[ 'READY after root', { at: 'ready', way: 'root' }, ready, { at: 'running' } ],
	[ 'READY after the password', { at: 'asking', way: 'sudo_password' }, ready, { at: 'running' }, begin ],
	[ 'READY of another', { at: 'ready', way: 'root' }, line( 'READY xyz' ), { noise: 'READY xyz\n' } ],

	[ 'sudo asks once', { at: 'asking', way: 'sudo_password' }, asked, { questions: 1 } ],
	[ 'sudo asks before it is heard from', {}, asked, { questions: 1 } ],
	[
		...( [ 'sudo asks again', { at: 'asking', way: 'sudo_password', questions: 1 }, asked ] as const ),
		...( [ { questions: 2 }, { type: 'end_input' } ] as const ),
	],
	[ 'a program prints the question', { at: 'running', way: 'sudo_password', questions: 1 }, asked, {} ],

	[ 'a line of it', { at: 'running', way: 'root' }, line( 'x' ), {}, { type: 'take', line: 'x' } ],
	[
		...( [ 'a line like ours', { at: 'running', way: 'root' }, as( 'no_sudo' ), {} ] as const ),
		{ type: 'take', line: `AS ${ nonce } no_sudo` },
	],
	[ 'its end', { at: 'running', way: 'root' }, closed, { at: 'ended' } ],
	[ 'an end while nothing is known', {}, closed, { at: 'ended' }, fail( 'not_started' ) ],
	[ 'an end while asking', { at: 'asking' }, closed, { at: 'ended' }, fail( 'not_started' ) ],
	[ 'an end before READY', { at: 'ready', way: 'sudo' }, closed, { at: 'ended' }, fail( 'not_started' ) ],

	...[ opened, asked, closed, ready, as( 'root' ), line( 'x' ) ].map(
		( event ): Row => [
			...( [ `${ event.type } after the end`, { at: 'ended', way: 'root' }, event, {} ] as const ),
		]
	),
];

describe.each( rows.map( ( row ) => [ row[ 0 ], row ] as const ) )( '%s', ( _title, row ) => {
	const [ , before, event, after, effect ] = row;
	test( effect === undefined ? 'changes the state only' : 'asks for one thing', () => {
		const state = at( before );
		expect( step( state, event, { nonce, hasPassword: true } ) ).toEqual( {
			state: { ...state, ...after },
			...( effect && { effect } ),
		} );
	} );
} );

test.each( [
	[ 'is found out', { at: 'asking' }, as( 'sudo_password' ) ],
	[ 'is known', { way: 'sudo_password' }, opened ],
] as const )( 'without a password nothing is sent, when it %s that sudo wants one', ( _title, before, event ) => {
	const { state, effect } = step( at( before ), event, { nonce, hasPassword: false } );
	expect( effect ).toEqual( fail( 'sudo_password_required' ) );
	expect( state.at ).toBe( 'ended' );
} );

test( 'keeps 2,048 characters of what a server says before READY', () => {
	const { state } = step( at( { noise: 'x'.repeat( 2_040 ) } ), line( 'y'.repeat( 100 ) ), {
		nonce,
		hasPassword: false,
	} );
	expect( state.noise ).toHaveLength( 2_048 );
} );

describe( 'the error for a program that did not come to run', () => {
	const lecture = "Sorry, user eg is not allowed to execute '/bin/sh -c x' as root on h.";
	test.each( [
		[ 'sudo_password_required', {}, '', 'sudo_password_required', {} ],
		[ 'unknown_way', {}, '', 'server_answer_not_understood', { reason: 'probe' } ],
		[ 'noexec', { way: 'sudo' }, 'x', 'sudo_refused', { reason: 'noexec', said: '' } ],
		[ 'not_started', {}, 'sftp only', 'server_answer_not_understood', { reason: 'no_shell', said: 'sftp only' } ],
		[ 'not_started', { way: 'sudo' }, 'no', 'sudo_refused', { reason: 'refused', said: 'no' } ],
		[
			...( [ 'not_started', { way: 'sudo_password', questions: 2 }, 'Sorry' ] as const ),
			...( [ 'sudo_refused', { reason: 'wrong_password', said: 'Sorry' } ] as const ),
		],
		[
			...( [ 'not_started', { way: 'sudo_password', questions: 1 }, lecture ] as const ),
			...( [
				'sudo_refused',
				{ reason: 'limited', said: 'Sorry, user eg is not allowed to execute sh' },
			] as const ),
		],
	] as const )( '%s %j', ( why, before, said, code, detail ) => {
		expect( refusalError( why, at( before ), said ) ).toMatchObject( { code, detail } );
	} );
} );

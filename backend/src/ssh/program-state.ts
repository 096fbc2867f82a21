import { GatewayError } from '../errors.ts';
import { asMark, readyLine, sudoProblems, type Elevation } from './as-root.ts';

/**
 * Where a program that was started on a server stands.
 *
 * - `starting`: nothing was heard from it.
 * - `asking`: it runs as the user who signed in, finds out how that user becomes root, and asks sudo with our password.
 * - `ready`: no password is needed, so its payload is on its way; its READY was not read yet.
 * - `running`: READY was read, and what comes from here on is what the program itself says.
 * - `ended`
 */
export interface ProgramState {
	at: 'starting' | 'asking' | 'ready' | 'running' | 'ended';
	/** How it runs; `unknown` until the server said it. */
	way: Elevation;
	/** How often sudo asked for a password. */
	questions: number;
	/** What a login script printed before READY, at most 2,048 characters. */
	noise: string;
}

export type ProgramEvent =
	| { type: 'opened' }
	/** A line of its standard output. */
	| { type: 'line'; text: string }
	/** sudo asked for a password on standard error. */
	| { type: 'asked' }
	| { type: 'closed' };

type Refusal = ( typeof sudoProblems )[ number ] | 'sudo_password_required' | 'unknown_way' | 'not_started';

export type ProgramEffect =
	| { type: 'send_password' }
	/** Hand over the payload. */
	| { type: 'begin' }
	/** Nothing more is said to it: no line must be taken for another password. */
	| { type: 'end_input' }
	/** A line that the program itself said. */
	| { type: 'take'; line: string }
	| { type: 'fail'; why: Refusal };

export interface Step {
	state: ProgramState;
	effect?: ProgramEffect;
}

const maxNoise = 2_048;

export const startOf = ( elevation: Elevation ): ProgramState => ( {
	...{ at: 'starting', way: elevation, questions: 0, noise: '' },
} );

/** What comes of an event: the next state, and the one thing to do. Pure. */
export function step( state: ProgramState, event: ProgramEvent, given: { nonce: string; hasPassword: boolean } ): Step {
	if ( state.at === 'ended' ) {
		return { state };
	}
	switch ( event.type ) {
		case 'opened':
			return state.way === 'unknown' ? { state } : goOn( state, given );
		case 'asked':
			return state.at === 'running' ? { state } : question( state );
		case 'closed':
			return state.at === 'running' ? { state: { ...state, at: 'ended' } } : fail( state, 'not_started' );
		case 'line':
			return state.at === 'running'
				? { state, effect: { type: 'take', line: event.text } }
				: lineBefore( state, event.text, given );
	}
}

const fail = ( state: ProgramState, why: Refusal ): Step => ( {
	state: { ...state, at: 'ended' },
	effect: { type: 'fail', why },
} );

/** The way is known: a password is sent, or the payload ahead of READY, which saves a round trip. */
function goOn( state: ProgramState, { hasPassword }: { hasPassword: boolean } ): Step {
	if ( state.way !== 'sudo_password' ) {
		return { state: { ...state, at: 'ready' }, effect: { type: 'begin' } };
	}
	return hasPassword
		? { state: { ...state, at: 'asking' }, effect: { type: 'send_password' } }
		: fail( state, 'sudo_password_required' );
}

/** Asked again, the password was wrong. */
function question( state: ProgramState ): Step {
	const next = { ...state, questions: state.questions + 1 };
	return next.questions > 1 ? { state: next, effect: { type: 'end_input' } } : { state: next };
}

function lineBefore( state: ProgramState, text: string, given: { nonce: string; hasPassword: boolean } ): Step {
	const mark = asMark( given.nonce );
	if ( text.startsWith( mark ) ) {
		return wayBefore( state, text.slice( mark.length ), given );
	}
	// a server that is ready before it said how is not believed
	if ( text === readyLine( given.nonce ) && state.way !== 'unknown' ) {
		const next: ProgramState = { ...state, at: 'running' };
		return state.at === 'ready' ? { state: next } : { state: next, effect: { type: 'begin' } };
	}
	return { state: { ...state, noise: `${ state.noise }${ text }\n`.slice( 0, maxNoise ) } };
}

function wayBefore( state: ProgramState, said: string, given: { hasPassword: boolean } ): Step {
	const problem = sudoProblems.find( ( one ) => one === said );
	if ( problem ) {
		return fail( state, problem );
	}
	if ( state.way !== 'unknown' ) {
		return { state };
	}
	switch ( said ) {
		case 'user':
			return { state: { ...state, at: 'asking' } };
		case 'root':
		case 'sudo':
		case 'sudo_password':
			return goOn( { ...state, way: said }, given );
		default:
			return fail( state, 'unknown_way' );
	}
}

/** The error for a program that did not come to run; `said` is what the server said instead. */
export function refusalError( why: Refusal, { way, questions }: ProgramState, said: string ): GatewayError {
	switch ( why ) {
		case 'sudo_password_required':
			return new GatewayError( 'sudo_password_required' );
		case 'unknown_way':
			return new GatewayError( 'server_answer_not_understood', { reason: 'probe' } );
		case 'not_started':
			return way === 'sudo' || way === 'sudo_password'
				? sudoRefused( said, questions )
				: new GatewayError( 'server_answer_not_understood', { reason: 'no_shell', said } );
		default:
			return new GatewayError( 'sudo_refused', { reason: why, said: '' } );
	}
}

/** Why sudo refused, and its own words without our program in them. */
function sudoRefused( said: string, questions: number ): GatewayError {
	const [ , before ] = /^(.*?is not allowed to execute) '/s.exec( said ) ?? [];
	return before === undefined
		? new GatewayError( 'sudo_refused', { reason: questions > 1 ? 'wrong_password' : 'refused', said } )
		: new GatewayError( 'sudo_refused', { reason: 'limited', said: `${ before } sh` } );
}

/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals';
import {
	causes,
	errorCodes,
	fieldProblems,
	gatewayStates,
	steps,
	sudoReasons,
	testLogReasons,
	verbs,
	type ErrorCode,
} from '@email-gateway/shared';
import { localCodes } from '../api/problem.ts';
import { causeWords, deliveryWords } from './causes.ts';
import { errorWords, isKnownError } from './errors.ts';
import { fieldSentence } from './field-problems.ts';
import { localErrorWords } from './local-errors.ts';
import { statePill } from './states.ts';
import { stepWords, verbWords } from './steps.ts';

const codes = Object.keys( errorCodes ) as ErrorCode[];
/** A sentence as a person reads it: begins and ends like one, nothing left to fill in. */
const sentence = /^(?!.*%[\ds])[\p{Lu}“].*[.:?]$/u;

describe( 'the words on the screen', () => {
	test.each( codes )( 'failure %s: what happened, and what to do', ( code ) => {
		const { happened, todo } = errorWords( code, {} );
		expect( happened ).toMatch( sentence );
		expect( todo ).toMatch( /^(?!.*%[\ds]).*\.$/ );
	} );

	test.each( codes )( 'failure %s: words that it says are below stand open', ( code ) => {
		const reasons = [ ...new Set( [ undefined, ...sudoReasons, ...testLogReasons ] ) ];
		for ( const reason of reasons ) {
			const { happened, todo, mail, leadsBelow } = errorWords( code, reason ? { reason } : {} );
			const leads = /\bbelow\b/.test( `${ happened } ${ todo } ${ mail }` );
			expect( leadsBelow === true ).toBe( leads );
		}
	} );

	test.each( localCodes )( 'on the way: %s', ( code ) => {
		expect( localErrorWords( code ).happened ).toMatch( sentence );
	} );

	test.each( causes )( 'cause %s', ( cause ) => {
		for ( const outcome of [ 'waiting', 'refused' ] as const ) {
			const { happened, todo } = deliveryWords( cause, outcome );
			expect( happened ).toMatch( sentence );
			expect( todo ).toMatch( sentence );
		}
	} );

	test( 'only where mail waits it is told what becomes of it', () => {
		const aboutWaiting = /waits|tries again/;
		const before = causes.map( ( cause ) => causeWords( { cause } )?.todo ?? '' );
		expect( before.filter( ( words ) => aboutWaiting.test( words ) ) ).toEqual( [] );
		expect( deliveryWords( 'wrong_credentials', 'waiting' ).todo ).toMatch( /what waits is delivered/ );
		expect( deliveryWords( 'quota_exceeded', 'refused' ).todo ).not.toMatch( aboutWaiting );
	} );

	test( 'no two causes are told in the same words', () => {
		const told = causes.map( ( cause ) => deliveryWords( cause, 'refused' ).happened );
		expect( told.filter( ( words, index ) => told.indexOf( words ) !== index ) ).toEqual( [] );
	} );

	test.each( fieldProblems )( 'field problem %s', ( problem ) => {
		expect( fieldSentence( problem ) ).toMatch( sentence );
	} );

	test( 'every state, step and verb has its own word', () => {
		for ( const words of [
			gatewayStates.map( ( state ) => statePill( state ).word ),
			steps.map( ( step ) => stepWords( step ).doing ),
			steps.map( ( step ) => stepWords( step ).done ),
			verbs.map( ( verb ) => verbWords( verb ).name ),
		] ) {
			expect( new Set( words ).size ).toBe( words.length );
		}
	} );
} );

describe( 'the panel that keeps the servers', () => {
	afterEach( () => {
		delete window.emailGateway;
	} );

	test( 'has the name that its customers know, in every sentence', () => {
		const told = () =>
			[
				...codes.map( ( code ) => errorWords( code, { keptBy: 'wpclouddeploy' } ) ),
				...localCodes.map( localErrorWords ),
			].flatMap( ( { happened, todo } ) => [ happened, todo ] );
		expect( told().filter( ( words ) => words.includes( 'WPCloudDeploy' ) ).length ).toBeGreaterThan( 4 );
		window.emailGateway = { panelName: 'Our $& Cloud' };
		expect( told().filter( ( words ) => words.includes( 'WPCloudDeploy' ) ) ).toEqual( [] );
		expect( errorWords( 'server_address_changed', {} ).happened ).toMatch( /^Our \$& Cloud now has/ );
	} );
} );

test( 'a provider’s recognised cause is told instead of the general failure', () => {
	const { happened } = errorWords( 'provider_certificate_refused', { cause: 'certificate_expired' } );
	expect( happened ).toMatch( /has expired/ );
	expect( errorWords( 'provider_certificate_refused', {} ).happened ).toMatch( /could not be verified/ );
} );

test.each( [
	[ 'sudo_refused', sudoReasons ],
	[ 'test_not_found_in_log', testLogReasons ],
] as const )( '%s: each reason has words of its own', ( code, reasons ) => {
	const told = reasons.map( ( reason ) => errorWords( code, { reason } ) );
	expect( new Set( told.map( ( { happened } ) => happened ) ).size ).toBe( reasons.length );
	for ( const { happened, todo } of told ) {
		expect( happened ).toMatch( sentence );
		expect( todo ).toMatch( sentence );
	}
} );

test( 'without sudo nobody is told to type its password, and without a log nothing is told to be under way', () => {
	expect( errorWords( 'sudo_refused', { reason: 'no_sudo' } ).todo ).not.toMatch( /password/i );
	for ( const reason of [ 'no_log', 'forgeable_log' ] ) {
		expect( errorWords( 'test_not_found_in_log', { reason } ).mail ).toMatch( /^No test email was sent/ );
	}
	expect( errorWords( 'sign_in_refused', { reason: 'no_shell' } ).happened ).toMatch( /^The sign-in worked/ );
} );

test( 'names of Object.prototype are no codes', () => {
	expect( [ isKnownError( 'constructor' ), causeWords( { cause: 'toString' } ) ] ).toEqual( [ false, null ] );
} );

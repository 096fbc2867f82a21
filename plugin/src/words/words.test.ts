/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals';
import {
	causes,
	detailOf,
	errorCodes,
	fieldProblems,
	gatewayStates,
	steps,
	sudoReasons,
	testLogReasons,
	verbs,
} from '@email-gateway/shared';
import { localCodes } from '../api/problem.ts';
import { causeWords, deliveryWords } from './causes.ts';
import { errorWords, isKnownError } from './errors.ts';
import { fieldSentence } from './field-problems.ts';
import { localErrorWords } from './local-errors.ts';
import { statePill } from './states.ts';
import { stepWords, verbWords } from './steps.ts';

/** A sentence as a person reads it: begins and ends like one, nothing left to fill in. */
const sentence = /^(?!.*%[\ds])[\p{Lu}“].*[.:?]$/u;

describe( 'the words on the screen', () => {
	test.each( errorCodes )( 'failure %s: what happened, and what to do', ( code ) => {
		const { happened, todo } = errorWords( code, detailOf( code, {} ) );
		expect( happened ).toMatch( sentence );
		expect( todo ).toMatch( /^(?!.*%[\ds]).*\.$/ );
	} );

	test.each( errorCodes )( 'failure %s: words that it says are below stand open', ( code ) => {
		const reasons = [ ...new Set( [ undefined, ...sudoReasons, ...testLogReasons ] ) ];
		for ( const reason of reasons ) {
			const { happened, todo, mail, leadsBelow } = errorWords( code, detailOf( code, { reason } ) );
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
				...errorCodes.map( ( code ) =>
					errorWords( code, detailOf( code, { keptBy: 'wpclouddeploy', supplied: true } ) )
				),
				...localCodes.map( localErrorWords ),
			].flatMap( ( { happened, todo } ) => [ happened, todo ] );
		expect( told().filter( ( words ) => words.includes( 'WPCloudDeploy' ) ).length ).toBeGreaterThan( 4 );
		window.emailGateway = { panelName: 'Our $& Cloud' };
		expect( told().filter( ( words ) => words.includes( 'WPCloudDeploy' ) ) ).toEqual( [] );
		expect( errorWords( 'server_address_changed', { was: null, becomes: '' } ).happened ).toMatch(
			/^Our \$& Cloud now has/
		);
	} );
} );

test( 'a provider’s recognised cause is told instead of the general failure', () => {
	const { happened } = errorWords( 'provider_certificate_refused', { cause: 'certificate_expired' } );
	expect( happened ).toMatch( /has expired/ );
	expect( errorWords( 'provider_certificate_refused', {} ).happened ).toMatch( /could not be verified/ );
} );

test( 'names of Object.prototype are no codes', () => {
	expect( [ isKnownError( 'constructor' ), causeWords( { cause: 'toString' as never } ) ] ).toEqual( [
		false,
		null,
	] );
} );

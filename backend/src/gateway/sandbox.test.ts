import { expect, test } from '@jest/globals';
import type { SandboxRules } from '@email-gateway/shared';
import { capsProgram } from './caps.ts';
import { noRules } from './rules.ts';
import { renderRecipients, renderTransport } from './sandbox.ts';
import { desireFor, freshFacts, installedFacts } from './test-facts.ts';
import { plan } from './plan.ts';
import { readTable } from './test-regexp-table.ts';

const redirect = { kind: 'redirect', mailbox: 'a.b+c@tests.example', allowed: [ 'a.example', 'b-c.example' ] } as const;
const rules = { ...redirect, allowed: [ ...redirect.allowed ] };
const kept = 'retry:4.7.1 kept by the sandbox of Email Gateway';

test.each( [
	[ 'you@customer.example', 'a.b+c@tests.example', kept ],
	[ 'you@a.example', null, ':' ],
	[ 'YOU@B-C.Example', null, ':' ],
	[ 'you@sub.a.example', 'a.b+c@tests.example', kept ],
	[ 'you@axexample', 'a.b+c@tests.example', kept ],
	[ 'you@a.example.evil.example', 'a.b+c@tests.example', kept ],
	[ '"you@a.example"@customer.example', 'a.b+c@tests.example', kept ],
	[ 'a.b+c@tests.example', 'a.b+c@tests.example', ':' ],
	[ '*', 'a.b+c@tests.example', kept ],
	[ 'aXb+c@tests.example', 'a.b+c@tests.example', kept ],
] )( 'mail for %s is for %s, and what is in the queue goes by %s', ( address, mailbox, way ) => {
	expect( readTable( renderRecipients( rules ) )( address ) ).toBe( mailbox );
	expect( readTable( renderTransport( rules ) )( address ) ).toBe( way );
} );

test( 'a dollar is no place of a pattern', () => {
	expect( renderRecipients( { ...rules, mailbox: '$1@tests.example' } ) ).toContain( '/./ $$1@tests.example\n' );
} );

test.each< [ SandboxRules, string[] ] >( [
	[ rules, [ 'virtual_alias_maps', 'transport_maps', 'sandbox_recipients', 'sandbox_transport' ] ],
	[ { kind: 'hold' }, [ 'transport_maps', 'smtpd_reject_unlisted_recipient', 'header_checks', 'sandbox_transport' ] ],
	[ { kind: 'drop' }, [ 'transport_maps', 'sandbox_transport' ] ],
] )( '%j is planned with a reason for each change, and off again', ( sandbox, subjects ) => {
	const on = desireFor( installedFacts(), {}, 'secret', undefined, { ...noRules, sandbox } );
	const steps = plan( installedFacts(), on );
	expect( steps.map( ( { subject } ) => subject.replace( /.*\//, '' ) ) ).toEqual( [ ...subjects, 'postfix' ] );
	expect( steps.every( ( { why } ) => why !== '' ) ).toBe( true );
	expect( desireFor( freshFacts ).files.map( ( { name } ) => name ) ).not.toContain( 'sandbox_transport' );
} );

test.each< [ SandboxRules, boolean ] >( [
	[ rules, true ],
	[ { kind: 'hold' }, false ],
	[ { kind: 'drop' }, false ],
] )( 'with %j caps are counted: %s', ( sandbox, isCounted ) => {
	const caps = [ { uid: null, limits: { hour: 50, day: null, refused: null } } ];
	const { files } = desireFor( freshFacts, {}, 'secret', undefined, { ...noRules, sandbox, caps } );
	expect( files.some( ( { name } ) => name === capsProgram ) ).toBe( isCounted );
} );

import { expect, test } from '@jest/globals';
import {
	includedGateway,
	isOlder,
	isUnshown,
	mayTakePassword,
	mayUseIncluded,
	refuseIncluded,
} from './defaults-access.ts';
import { isBoundTo } from './password-binding.ts';
import { connected, customer, owner } from './test-server.ts';

const offering = { customersMayUseIncluded: true };
const closed = { customersMayUseIncluded: false };
const defaults = { version: 2 };
const own = { defaultsVersion: null };
const ofDefaults = { defaultsVersion: 1 };

test.each( [
	[ offering, connected, true ],
	[ closed, connected, false ],
	[ offering, { ...connected, mayHaveDefaults: false }, false ],
	[ offering, { ...connected, hostKey: null }, false ],
] )( 'customers may use the included gateway: %#', ( site, server, may ) => {
	expect( mayUseIncluded( site, server ) ).toBe( may );
} );

test.each( [
	[ 'one is there to use', customer, offering, defaults, undefined, 'offered' ],
	[ 'none is saved', customer, offering, undefined, undefined, 'absent' ],
	[ 'none is offered', customer, closed, defaults, undefined, 'absent' ],
	[ 'it is in use', customer, offering, defaults, ofDefaults, 'in_use' ],
	[ 'it is no longer offered', customer, closed, defaults, ofDefaults, 'withdrawn' ],
	[ 'the defaults were deleted', customer, offering, undefined, ofDefaults, 'withdrawn' ],
	[ 'they have a gateway of their own', customer, offering, defaults, own, 'absent' ],
	[ 'who is shown the defaults needs none', owner, offering, defaults, ofDefaults, 'absent' ],
] as const )( 'what is told of it: %s', ( _name, { may }, site, saved, installed, told ) => {
	expect( includedGateway( { site, may }, connected, { defaults: saved, installed } ) ).toBe( told );
} );

test( 'a gateway of one’s own goes first', () => {
	expect( () => refuseIncluded( offering, connected, own ) ).toThrow( 'forbidden' );
	expect( () => refuseIncluded( offering, connected, ofDefaults ) ).not.toThrow();
	expect( () => refuseIncluded( closed, connected, undefined ) ).toThrow( 'forbidden' );
} );

test.each( [
	[ null, 3, null, false ],
	[ null, 3, 3, true ],
	[ null, 4, 3, false ],
	[ 1, 4, 3, true ],
] )(
	'a version of defaults %s, numbered %i, after a former owner’s %s',
	( defaultsVersion, version, handed, hidden ) => {
		expect( isUnshown( { handedVersion: handed }, { version, defaultsVersion } ) ).toBe( hidden );
	}
);

test.each( [
	[ own, customer, true ],
	[ ofDefaults, customer, false ],
	[ ofDefaults, owner, true ],
] )( 'who may take a saved password: %#', ( version, who, may ) => {
	expect( mayTakePassword( version, who ) ).toBe( may );
} );

test.each( [
	[ undefined, defaults, false ],
	[ own, defaults, false ],
	[ ofDefaults, defaults, true ],
	[ { defaultsVersion: 2 }, defaults, false ],
	[ ofDefaults, undefined, false ],
] )( 'older defaults: %#', ( installed, saved, older ) => {
	expect( isOlder( installed, saved ) ).toBe( older );
} );

const saved = { smtpServer: 'smtp.example.com', userName: 'me', caCertificate: null };
test.each( [
	[ saved, true ],
	[ { ...saved, smtpServer: 'mine.example.net' }, false ],
	[ { ...saved, userName: 'you' }, false ],
	[ { ...saved, caCertificate: 'mine' }, false ],
] )( 'a saved password is bound to server, user and CA: %#', ( asked, bound ) => {
	expect( isBoundTo( saved, asked ) ).toBe( bound );
	expect( isBoundTo( { smtpServer: saved.smtpServer, userName: saved.userName }, asked ) ).toBe( bound );
} );

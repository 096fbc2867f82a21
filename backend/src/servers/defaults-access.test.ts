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
const account = { id: 'a', version: 2 };
const own = { account: null, accountVersion: null };
const ofDefault = { account: 'a', accountVersion: 1 };
const ofAnother = { account: 'b', accountVersion: 1 };

test.each( [
	[ offering, connected, true ],
	[ closed, connected, false ],
	[ offering, { ...connected, mayHaveDefaults: false }, false ],
	[ offering, { ...connected, hostKey: null }, false ],
] )( 'customers may use the included gateway: %#', ( site, server, may ) => {
	expect( mayUseIncluded( site, server ) ).toBe( may );
} );

test.each( [
	[ 'one is there to use', customer, offering, account, undefined, 'offered' ],
	[ 'none is saved', customer, offering, undefined, undefined, 'absent' ],
	[ 'none is offered', customer, closed, account, undefined, 'absent' ],
	[ 'it is in use', customer, offering, account, ofDefault, 'in_use' ],
	[ 'it is no longer offered', customer, closed, account, ofDefault, 'withdrawn' ],
	[ 'the defaults were deleted', customer, offering, undefined, ofDefault, 'withdrawn' ],
	[ 'they have a gateway of their own', customer, offering, account, own, 'absent' ],
	[ 'who is shown the defaults needs none', owner, offering, account, ofDefault, 'absent' ],
	[ 'an administrator gave them another account', customer, offering, account, ofAnother, 'withdrawn' ],
] as const )( 'what is told of it: %s', ( _name, { may }, site, saved, installed, told ) => {
	expect( includedGateway( { site, may }, connected, { account: saved, installed } ) ).toBe( told );
} );

test( 'a gateway of one’s own goes first', () => {
	expect( () => refuseIncluded( offering, connected, { account, installed: own } ) ).toThrow( 'forbidden' );
	expect( () => refuseIncluded( offering, connected, { account, installed: ofAnother } ) ).toThrow( 'forbidden' );
	expect( () => refuseIncluded( offering, connected, { account, installed: ofDefault } ) ).not.toThrow();
	expect( () => refuseIncluded( closed, connected, { account, installed: undefined } ) ).toThrow( 'forbidden' );
} );

test.each( [
	[ null, 3, null, false ],
	[ null, 3, 3, true ],
	[ null, 4, 3, false ],
	[ 'a', 4, 3, true ],
] )( 'a version of account %s, numbered %i, after a former owner’s %s', ( ofAccount, version, handed, hidden ) => {
	expect( isUnshown( { handedVersion: handed }, { version, account: ofAccount } ) ).toBe( hidden );
} );

test.each( [
	[ own, customer, true ],
	[ ofDefault, customer, false ],
	[ ofDefault, owner, true ],
] )( 'who may take a saved password: %#', ( version, who, may ) => {
	expect( mayTakePassword( version, who ) ).toBe( may );
} );

test.each( [
	[ own, false ],
	[ ofDefault, true ],
	[ { accountVersion: 2 }, false ],
] )( 'older values of an account: %#', ( installed, older ) => {
	expect( isOlder( installed, account ) ).toBe( older );
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

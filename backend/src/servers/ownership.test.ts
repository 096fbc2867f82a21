import { expect, test } from '@jest/globals';
import { auditSince, handedOver, jobShownTo, refuseFormerJob, takesOwner } from './ownership.ts';
import { administrator, connected, customer } from './test-server.ts';

const handedAt = new Date( '2026-11-30T12:00:00Z' );
const now = ( seconds: number ) => handedAt.getTime() + seconds * 1000;

test.each( [
	[ 'the first that is told', { owner: null, handedAt: null }, customer, 0, true ],
	[ 'the same', { owner: 7, handedAt: null }, customer, 0, false ],
	[ 'another', { owner: 6, handedAt: null }, customer, 0, true ],
	[ 'another, a minute later', { owner: 6, handedAt }, customer, 60, true ],
	[ 'another within the minute, told by an administrator', { owner: 6, handedAt }, administrator, 59, false ],
	[ 'another within the minute', { owner: 6, handedAt }, customer, 59, 'forbidden' ],
] as const )( 'a server takes an owner: %s', ( _name, server, { may }, seconds, takes ) => {
	const act = () => takesOwner( server, 7, { may, now: now( seconds ) } );
	if ( takes === 'forbidden' ) {
		expect( act ).toThrow( 'forbidden' );
	} else {
		expect( act() ).toBe( takes );
	}
} );

const before = { createdAt: new Date( now( -1 ) ) };
const after = { createdAt: handedAt };
test.each( [
	[ undefined, before, customer, true ],
	[ { handedAt: null }, before, customer, true ],
	[ { handedAt }, before, customer, false ],
	[ { handedAt }, after, customer, true ],
	[ { handedAt }, before, administrator, true ],
] )( 'what a former owner asked for is for administrators: %#', ( server, job, who, shown ) => {
	expect( jobShownTo( server, job, who ) ).toBe( shown ? job : undefined );
	const refuse = () => refuseFormerJob( server, job, who );
	if ( shown ) {
		expect( refuse ).not.toThrow();
	} else {
		expect( refuse ).toThrow( 'not_found' );
	}
} );

test( 'nor is what was noted before', () => {
	expect( auditSince( { handedAt }, customer ) ).toBe( handedAt );
	expect( auditSince( { handedAt }, administrator ) ).toBeNull();
	expect( auditSince( undefined, customer ) ).toBeNull();
} );

test.each( [
	[ connected, null ],
	[ { ...connected, handedAt, handedVersion: 2, installedVersion: 2, submittedVersion: 2 }, true ],
	[ { ...connected, handedAt, handedVersion: 2, submittedVersion: 2 }, false ],
	[ { ...connected, handedAt, handedVersion: 2, submittedVersion: 3, installedVersion: 3 }, null ],
] )( 'the next owner is told until they have a gateway of their own: %#', ( server, stays ) => {
	const told = stays === null ? null : { at: handedAt.toISOString(), gatewayStays: stays };
	expect( handedOver( server ) ).toEqual( told );
} );

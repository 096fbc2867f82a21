import type { Faults } from '../../provider/faults.ts';
import { catalogue } from '../../faults/catalogue.ts';
import type { IncidentFault } from '../fault.ts';

type AtStages = NonNullable< Faults[ 'atAccount' ] >[ string ];

/** Mail that waits is trouble once the oldest of it arrived so long ago: watch/judge.ts. */
const waitingForMs = 15 * 60_000;

const fromCatalogue = ( name: string ) => {
	const fault = catalogue.find( ( one ) => one.name === name );
	if ( fault === undefined ) {
		throw new Error( `There is no fault ${ name } in the catalogue.` );
	}
	return fault;
};

const waits = { expected: [ 'waiting' ], needsMail: true, visibleAfterMs: waitingForMs } as const;
/** What only a person ends is trouble at once. */
const refused = { expected: [ 'refused' ], needsMail: true } as const;

/** What the provider says to one account, of what `npm run lab -- faults` plays at all of them. */
const atAccount = ( name: string, how: typeof waits | typeof refused ): IncidentFault => {
	const { what, provider } = fromCatalogue( name );
	return {
		...{ ...how, name: name.replaceAll( '-', '_' ), what },
		begin: ( place ) => place.atAccount( ( provider?.at ?? {} ) as AtStages ),
		async heal( place ) {
			await place.atAccount( null );
			await place.deliver();
		},
	};
};

/** Mail waits; each server has an account of its own at the one provider. */
export const providerFaults: readonly IncidentFault[] = [
	...[ 'login-unavailable', 'hang-up-at-login' ].map( ( name ) => atAccount( name, waits ) ),
	{
		...{ ...waits, name: 'port_blocked', what: fromCatalogue( 'port-blocked' ).what },
		begin: ( { blockPorts } ) => blockPorts( fromCatalogue( 'port-blocked' ).server?.blockedPorts ?? [] ),
		async heal( { blockPorts, deliver } ) {
			await blockPorts( [] );
			await deliver();
		},
	},
	{
		...{ ...refused, name: 'wrong_password', what: fromCatalogue( 'wrong-password' ).what },
		begin: ( { changePassword } ) => changePassword( 'another' ),
		async heal( { changePassword, deliver } ) {
			await changePassword( 'installed' );
			await deliver();
		},
	},
	...[ 'app-password', 'sender-refused', 'sender-refused-at-end' ].map( ( name ) => atAccount( name, refused ) ),
];

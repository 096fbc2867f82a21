import type { TestResult } from '@email-gateway/shared';
import type { Facts } from '../src/gateway/facts.ts';
import { factsAfter, freshFacts } from '../src/gateway/test-facts.ts';
import type { Tools } from '../src/jobs/tools.ts';
import { makeFakeTools } from './fake-tools.ts';

const test250: TestResult = {
	outcome: 'accepted',
	from: '',
	to: 'b@example.com',
	diagnosis: { cause: 'accepted', enhancedCode: '2.0.0', reply: '250 ok', stage: null },
	...{ queueId: '4ABC', relay: 'smtp.hidden.example[203.0.113.9]:587', tlsVersion: 'TLSv1.3' },
	...{ certificateName: 'smtp.hidden.example', handOverMs: 1, answerMs: 1, log: [] },
};

/**
 * Servers that remember what was installed on them.
 * @param onUse is told each tool that is used, and the host that it is used on
 */
export function makeWatchedTools( onUse: ( use: string ) => void ): Tools {
	/** What is on each server, by its host. */
	const found = new Map< string, Facts >();
	const { tools, remote } = makeFakeTools();
	const on = ( given: object ) => ( given as { host: string } ).host;
	const fakes: Tools = {
		...tools,
		async connect( target, options ) {
			await tools.connect( target, options );
			return { ...remote, host: target.host } as typeof remote;
		},
		look: async ( given ) => found.get( on( given ) ) ?? freshFacts,
		async apply( given, { desired } ) {
			found.set( on( given ), factsAfter( desired ) );
			return { savedQueue: null };
		},
		async remove( given ) {
			found.delete( on( given ) );
			return { restored: null, savedQueue: null };
		},
		prove: async () => test250,
	};
	return new Proxy( fakes, {
		get: ( target, name: keyof Tools ) =>
			( ( ...given: never[] ) => {
				// asked where, too; the guess is among the rest
				onUse( `${ name } ${ on( given[ 0 ] ?? {} ) ?? '' }` );
				return ( target[ name ] as ( ...all: never[] ) => unknown )( ...given );
			} ) as never,
	} );
}

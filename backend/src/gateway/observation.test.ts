import { describe, expect, test } from '@jest/globals';
import { conditionOf, observe } from './observation.ts';
import { plan } from './plan.ts';
import { desireFor, installedFacts } from './test-facts.ts';

const seen = (
	change: ( facts: ReturnType< typeof installedFacts > ) => Partial< ReturnType< typeof installedFacts > >
) => {
	const facts = installedFacts();
	const found = { ...facts, ...change( facts ) };
	return observe( found, plan( found, desireFor( found ) ) );
};

describe( 'what a look says of a gateway', () => {
	test( 'is right where nothing is missing', () => {
		const observation = seen( () => ( {} ) );

		expect( observation ).toMatchObject( { running: true, enabled: true, waiting: 0, open: [], differs: [] } );
		expect( conditionOf( observation ) ).toBe( 'right' );
	} );

	test( 'is stopped where Postfix does not run, whatever else differs', () => {
		const observation = seen( ( { postfix } ) => ( {
			postfix: { ...postfix, running: false },
			listens: [],
			queue: 3,
		} ) );

		expect( observation ).toMatchObject( { running: false, waiting: 3, differs: [] } );
		expect( conditionOf( observation ) ).toBe( 'stopped' );
	} );

	test.each( [
		[ 'does not start with the server', 'enabled', false, { enabled: false } ],
		[ 'listens to others', 'open', [ '0.0.0.0:25' ], { listens: [ { address: '00000000', port: 25 } ] } ],
		[ 'has another key', 'differs', [ 'mail_name' ], { parameter: 'mail_name = Mine' } ],
	] )(
		'differs where it %s',
		(
			_what,
			field,
			value,
			{
				enabled,
				listens,
				parameter,
			}: { enabled?: boolean; listens?: { address: string; port: number }[]; parameter?: string }
		) => {
			const observation = seen( ( facts ) => ( {
				...( listens && { listens } ),
				postfix: {
					...facts.postfix,
					...( enabled === false && { enabled } ),
					...( parameter && { parameters: [ ...facts.postfix.parameters, parameter ] } ),
				},
				...( parameter && { files: facts.files.filter( ( { path } ) => path !== '/etc/postfix/main.cf' ) } ),
			} ) );

			expect( observation ).toMatchObject( { [ field ]: value } );
			expect( conditionOf( observation ) ).toBe( 'differs' );
		}
	);

	test.each( [
		[ '644', 'root', true ],
		[ '640', 'root', true ],
		[ '600', 'shop', true ],
		[ '400', 'root', false ],
	] )( 'tells that a password was open to others: %s of %s', ( mode, owner, isExposed ) => {
		const path = '/etc/postfix/gateway-3/sasl_passwd';
		const observation = seen( ( { files } ) => ( {
			files: files.map( ( file ) => ( file.path === path ? { ...file, mode, owner } : file ) ),
		} ) );

		expect( observation.differs ).toEqual( [ path ] );
		expect( observation.exposed ).toEqual( isExposed ? [ path ] : undefined );
	} );

	test( 'says nothing of a configuration that could not be compared', () => {
		const observation = observe( installedFacts(), null );

		expect( [ observation.differs, conditionOf( observation ) ] ).toEqual( [ null, 'right' ] );
	} );
} );

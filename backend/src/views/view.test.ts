import { expect, test } from '@jest/globals';
import { ESLint } from 'eslint';
import type { Call } from '../http/call.ts';
import { accepted } from './answers.ts';
import { View } from './view.ts';

const body = { jobId: '00000000-0000-4000-8000-000000000000' };

test( 'a call whose answer views/ did not make does not compile', async () => {
	// @ts-expect-error: a plain object, from which nothing was taken out
	const plain: Call< 'cancelJob' > = async () => body;
	// @ts-expect-error: a view to which something was added
	const more: Call< 'cancelJob' > = async () => ( { ...accepted( body ), secret: 'x' } );
	// @ts-expect-error: the view of another call
	const other: Call< 'readJob' > = async () => accepted( body );
	const right: Call< 'cancelJob' > = async () => accepted( body );
	expect( [ plain, more, other, right ].map( ( call ) => typeof call ) ).toEqual( Array( 4 ).fill( 'function' ) );
} );

test( 'a spread of a view holds nothing of it', () => {
	expect( { ...new View( body ) } ).toEqual( {} );
	expect( new View( body ).body ).toBe( body );
} );

test.each( [ 'new View( body )', 'body as unknown as View< object >' ] )(
	'lint refuses `%s` outside of views/',
	async ( made ) => {
		const code = `import { View } from '../../views/view.ts';\nexport const wrong = ( body: object ) => ${ made };\n`;
		const eslint = new ESLint( { overrideConfigFile: '.eslint.config.mjs' } );
		const told = async ( filePath: string ) =>
			( await eslint.lintText( code, { filePath } ) )[ 0 ]?.messages
				.map( ( { ruleId } ) => ruleId )
				.filter( ( rule ) => rule === 'no-restricted-syntax' );
		expect( await told( 'backend/src/http/calls/wrong.ts' ) ).toEqual( [ 'no-restricted-syntax' ] );
		expect( await told( 'backend/src/views/right.ts' ) ).toEqual( [] );
	},
	60_000
);

import { commentBefore, type Found } from './pot-text.ts';

const string = String.raw`'((?:[^'\\]|\\.)*)'`;
const next = String.raw`\s*,\s*`;
const end = String.raw`${ next }'email-gateway'\s*,?\s*\)`;
const number = String.raw`[^;]*?`;

/** Each form of a call, with what its strings are. */
const forms: readonly { call: RegExp; roles: readonly ( 'text' | 'plural' | 'context' )[] }[] = [
	{ call: call( String.raw`(?:esc_html_|esc_attr_|_)[_e]`, string ), roles: [ 'text' ] },
	{ call: call( String.raw`(?:esc_html|esc_attr)?_e?x`, string + next + string ), roles: [ 'text', 'context' ] },
	{ call: call( '_n', string + next + string + next + number ), roles: [ 'text', 'plural' ] },
	{
		call: call( '_nx', string + next + string + next + number + next + string ),
		roles: [ 'text', 'plural', 'context' ],
	},
];

function call( name: string, strings: string ): RegExp {
	return new RegExp( String.raw`(?<!\w)${ name }\(\s*${ strings }${ end }`, 'g' );
}

const unescaped = ( text: string ) => text.replace( /\\(['\\])/g, '$1' );

/** What is translated in PHP. phpcs holds the form: texts are written out in single quotes, the domain comes last. */
export const stringsOfPhp = ( source: string ): Found[] =>
	forms.flatMap( ( { call: form, roles } ) =>
		[ ...source.matchAll( form ) ].map(
			( { index, 1: text = '', ...groups } ): Found => ( {
				text: unescaped( text ),
				...Object.fromEntries(
					roles.slice( 1 ).map( ( role, at ) => [ role, unescaped( groups[ at + 2 ] ?? '' ) ] )
				),
				...commentBefore( source, index ),
			} )
		)
	);

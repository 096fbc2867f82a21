import ts from 'typescript';
import { commentBefore, type Found } from './pot-text.ts';

/** Which argument is what, by the function. */
const roles: Record< string, readonly ( keyof Found | null )[] > = {
	__: [ 'text' ],
	_x: [ 'text', 'context' ],
	_n: [ 'text', 'plural', null ],
	_nx: [ 'text', 'plural', null, 'context' ],
};

/** What is translated in a script, built or not: `__( 'text', 'email-gateway' )` and its sisters, with their comments. */
export function stringsOfScript( source: string ): Found[] {
	const file = ts.createSourceFile( 'script.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX );
	const found: Found[] = [];
	const visit = ( node: ts.Node ): void => {
		if ( ts.isCallExpression( node ) ) {
			const call = callOf( node );
			if ( call ) {
				found.push( { ...call, ...commentBefore( source, node.arguments[ 0 ]?.getStart() ?? 0 ) } );
			}
		}
		node.forEachChild( visit );
	};
	visit( file );
	return found;
}

function callOf( { expression, arguments: given }: ts.CallExpression ): Found | null {
	const expected = roles[ nameOf( expression ) ];
	const domain = given[ expected?.length ?? 0 ];
	if ( ! expected || ! domain || ! ts.isStringLiteralLike( domain ) || domain.text !== 'email-gateway' ) {
		return null;
	}
	const texts = expected.flatMap( ( role, index ) => {
		const argument = given[ index ];
		return role && argument && ts.isStringLiteralLike( argument ) ? [ [ role, argument.text ] as const ] : [];
	} );
	if ( texts.length < expected.filter( ( role ) => role !== null ).length ) {
		throw new Error( `A text is not written out: ${ expression.getText() }( ${ given[ 0 ]?.getText() } … )` );
	}
	return Object.fromEntries( texts ) as unknown as Found;
}

/** `__` of `__( … )`, `i18n.__( … )` and `(0, i18n.__)( … )`, as a bundler writes it. */
function nameOf( expression: ts.Expression ): string {
	if ( ts.isParenthesizedExpression( expression ) && ts.isBinaryExpression( expression.expression ) ) {
		return nameOf( expression.expression.right );
	}
	return ts.isPropertyAccessExpression( expression )
		? expression.name.text
		: ts.isIdentifier( expression )
		? expression.text
		: '';
}

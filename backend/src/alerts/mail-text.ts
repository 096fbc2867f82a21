import type { AlertMessage } from '@email-gateway/shared';
import { headline, linkOf, paragraphs } from './headline.ts';

const escape = ( text: string ) =>
	text.replace( /&/g, '&amp;' ).replace( /</g, '&lt;' ).replace( />/g, '&gt;' ).replace( /"/g, '&quot;' );

/** An alert as a mail: the same in text and in HTML. */
export function mailText( message: AlertMessage ): { subject: string; text: string; html: string } {
	const title = headline( message );
	const link = linkOf( message );
	const parts = paragraphs( message, 50 );
	const report = message.report ?? null;
	return {
		subject: `[Email Gateway] ${ title }`,
		text: [ ...parts, ...( report ? [ textTable( report ) ] : [] ), link, '' ].join( '\n\n' ),
		html: [
			'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>',
			`${ escape( title ) }</title></head><body><h1 style="font-size:1.2em">${ escape( title ) }</h1>`,
			...parts.map( ( part ) => `<p>${ escape( part ).replace( /\n/g, '<br>' ) }</p>` ),
			report ? htmlTable( report ) : '',
			`<p><a href="${ escape( link ) }">Open in WordPress</a></p></body></html>`,
		].join( '' ),
	};
}

type Report = NonNullable< AlertMessage[ 'report' ] >;
const columns = [ 'accepted', 'waiting', 'refused', 'incidents' ] as const;
const titles = { accepted: 'Accepted', waiting: 'Waiting', refused: 'Refused', incidents: 'Incidents' } as const;
const count = ( n: number ) => n.toLocaleString( 'en-US' );

function textTable( { servers, more }: Report ): string {
	const width = Math.max( 6, ...servers.map( ( { host } ) => host.length ) );
	const line = ( first: string, cells: readonly string[] ) =>
		[ first.padEnd( width ), ...cells.map( ( cell ) => cell.padStart( 10 ) ) ].join( ' ' ).trimEnd();
	return [
		line(
			'Server',
			columns.map( ( column ) => titles[ column ] )
		),
		...servers.map( ( one ) =>
			line(
				one.host,
				columns.map( ( column ) => count( one[ column ] ) )
			)
		),
		...( more > 0 ? [ `and ${ more } more` ] : [] ),
	].join( '\n' );
}

function htmlTable( { servers, more }: Report ): string {
	const cell = ( tag: 'td' | 'th', text: string, right = true ) =>
		`<${ tag } style="padding:2px 8px;text-align:${ right ? 'right' : 'left' }"${
			tag === 'th' ? ' scope="col"' : ''
		}>${ escape( text ) }</${ tag }>`;
	const row = ( cells: string ) => `<tr>${ cells }</tr>`;
	const heads = row(
		cell( 'th', 'Server', false ) + columns.map( ( column ) => cell( 'th', titles[ column ] ) ).join( '' )
	);
	const rows = servers.map( ( one ) =>
		row(
			cell( 'td', one.host, false ) + columns.map( ( column ) => cell( 'td', count( one[ column ] ) ) ).join( '' )
		)
	);
	return `<table>${ heads }${ rows.join( '' ) }</table>${ more > 0 ? `<p>and ${ more } more</p>` : '' }`;
}

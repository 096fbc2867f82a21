import type { OpenApi } from './openapi.ts';

const escapeHtml = ( text: string ) => text.replace( /[&<>"']/g, ( character ) => `&#${ character.charCodeAt( 0 ) };` );
const methods = [ 'get', 'post', 'put', 'delete' ] as const;

interface Response {
	description?: string;
	content?: unknown;
}
interface Operation {
	operationId?: string;
	summary?: string;
	description?: string;
	requestBody?: unknown;
	responses?: Record< string, Response >;
}

/** The same contract for people: one page, no script, nothing from elsewhere. */
export function docsPage( { info, paths = {}, components }: OpenApi ): string {
	const sections = Object.entries( paths ).flatMap( ( [ path, item ] ) =>
		methods.flatMap( ( method ) => {
			const operation = ( item as Record< string, Operation | undefined > )[ method ];
			return operation ? [ section( method, path, operation ) ] : [];
		} )
	);
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${ escapeHtml( info.title ) } API</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1d2327}
code,pre{font:14px/1.45 ui-monospace,monospace;background:#f6f7f7}pre{padding:.75rem;overflow:auto}
h2{font-size:1.1rem;margin:2rem 0 .25rem}summary{cursor:pointer}.method{text-transform:uppercase;color:#3858e9}
</style></head><body>
<h1>${ escapeHtml( info.title ) } API ${ escapeHtml( info.version ) }</h1>
<p>${ escapeHtml( info.description ?? '' ) } The same as <a href="/openapi.json">openapi.json</a>.</p>
${ sections.join( '\n' ) }
<h2>Schemas</h2>${ details( 'What is named above', components?.schemas ) }
</body></html>`;
}

function section(
	method: string,
	path: string,
	{ operationId = '', summary = '', description = '', requestBody, responses = {} }: Operation
): string {
	const answers = Object.entries( responses );
	const refusals = answers.filter( ( [ status ] ) => Number( status ) >= 400 );
	return `<section id="${ escapeHtml(
		operationId
	) }"><h2><code><span class="method">${ method }</span> ${ escapeHtml( path ) }</code></h2>
<p>${ escapeHtml( summary ) }. ${ escapeHtml( description ) }</p>
${ details( 'Request', requestBody ) }${ details(
		'Response',
		answers.find( ( answer ) => ! refusals.includes( answer ) )?.[ 1 ].content
	) }
<ul>${ refusals.map( ( refusal ) => refusalItem( ...refusal ) ).join( '' ) }</ul></section>`;
}

const refusalItem = ( status: string, { description = '' }: Response ) =>
	`<li>${ escapeHtml( `${ status } ${ description }` ).replace( /`(\w+)`/g, '<code>$1</code>' ) }</li>`;

const details = ( title: string, value: unknown ) =>
	value
		? `<details><summary>${ title }</summary><pre>${ escapeHtml(
				JSON.stringify( value, null, 2 )
		  ) }</pre></details>`
		: '';

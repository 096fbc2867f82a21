import { z } from 'zod';
import { endpoints } from './endpoints.ts';
import { ownRoutes } from './own-routes.ts';

type Schema = Record< string, unknown >;

interface Described {
	request: z.ZodType;
	response: z.ZodType;
	summary?: string;
}

const isObject = ( value: unknown ): value is Schema => typeof value === 'object' && value !== null;

/** A schema in the words that WordPress knows of JSON Schema 4. Its REST API follows no reference and has no `const`. */
function forWordPress( value: unknown ): unknown {
	if ( Array.isArray( value ) ) {
		return value.map( forWordPress );
	}
	if ( ! isObject( value ) ) {
		return value;
	}
	const { $schema: _draft, propertyNames: _names, pattern, anyOf, ...rest } = value;
	const told = Object.fromEntries( Object.entries( rest ).map( ( [ key, one ] ) => [ key, forWordPress( one ) ] ) );
	// a date is known by its format, whose pattern is a screen long
	const withPattern = pattern === undefined || told.format !== undefined ? told : { ...told, pattern };
	return Array.isArray( anyOf )
		? { ...withPattern, ...either( anyOf.map( forWordPress ) as Schema[] ) }
		: withPattern;
}

/** A value that may be null is of two types; what may be one of several stays so. */
function either( options: Schema[] ): Schema {
	const [ one, ...others ] = options.filter( ( { type } ) => type !== 'null' );
	if ( ! one || others.length > 0 || typeof one.type !== 'string' ) {
		return { anyOf: options };
	}
	const withNull = one.enum ? { enum: [ ...( one.enum as unknown[] ), null ] } : {};
	return { ...one, ...withNull, type: [ one.type, 'null' ] };
}

const schemaOf = ( schema: z.ZodType, io: 'input' | 'output' ) =>
	forWordPress( z.toJSONSchema( schema, { io, target: 'draft-4' } ) ) as Schema;

/**
 * Arguments of a route as WordPress registers them, by name. `required` of an argument says that it is needed: what an
 * object needs, its properties say themselves. To WordPress an argument that is null is missing: where it may be null, only
 * the backend says that it is needed.
 */
function argsOf( { request }: Described ): Record< string, Schema > {
	const { properties = {}, required = [] } = schemaOf( request, 'input' ) as ObjectSchema;
	return withRequired(
		properties,
		required.filter( ( name ) => ! mayBeNull( properties[ name ] ) )
	);
}

const mayBeNull = ( { type, anyOf = [] }: Schema & { anyOf?: Schema[] } = {} ): boolean =>
	[ type ].flat().includes( 'null' ) || anyOf.some( ( one ) => one.type === 'null' );

interface ObjectSchema {
	properties?: Record< string, Schema >;
	required?: string[];
}

const withRequired = ( properties: Record< string, Schema >, needed: string[] ): Record< string, Schema > =>
	Object.fromEntries(
		Object.entries( properties ).map( ( [ name, schema ] ) => {
			const { required, ...rest } = schema as Schema & ObjectSchema;
			const inner = rest.properties ? { properties: withRequired( rest.properties, required ?? [] ) } : {};
			return [ name, { ...rest, ...inner, ...( needed.includes( name ) ? { required: true } : {} ) } ];
		} )
	);

/** Every route that a browser may reach, by name, or by method and path where WordPress answers it. */
const described = (): [ string, Described ][] => [
	...Object.entries( endpoints ).filter( ( [ , endpoint ] ) => ! ( 'notForBrowsers' in endpoint ) ),
	...Object.entries( ownRoutes ),
];

/** One route a line: short to read, and to compare. */
const lines = ( of: ( one: Described, name: string ) => unknown ) =>
	`{\n${ described()
		.map( ( [ name, one ] ) => `${ JSON.stringify( name ) }:${ JSON.stringify( of( one, name ) ) }` )
		.join( ',\n' ) }\n}\n`;

/** plugin/args.json: what each route takes. */
export const printArgs = (): string => lines( argsOf );

/** plugin/schemas.json: what each route answers. */
export const printSchemas = (): string =>
	lines( ( { response, summary }, name ) => {
		const schema = schemaOf( response, 'output' );
		return { title: name, ...( summary ? { description: summary } : {} ), ...schema };
	} );

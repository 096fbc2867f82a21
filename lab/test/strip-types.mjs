import { createRequire, stripTypeScriptTypes } from 'node:module';

// taken only where there is JSX: it takes half a second to load
const require = createRequire( import.meta.url );

function withoutJsx( source ) {
	const { JsxEmit, ModuleKind, ScriptTarget, transpileModule } = require( 'typescript' );
	const compilerOptions = {
		jsx: JsxEmit.ReactJSX,
		module: ModuleKind.ESNext,
		target: ScriptTarget.ESNext,
		verbatimModuleSyntax: true,
	};
	return transpileModule( source, { compilerOptions } ).outputText;
}

// The same type stripping that Node does when it runs the backend: tests see the code that production runs.
// Node strips no JSX; there TypeScript itself does it.
export default {
	process: ( source, path ) => ( {
		code: path.endsWith( '.tsx' ) ? withoutJsx( source ) : stripTypeScriptTypes( source ),
	} ),
};

import { stripTypeScriptTypes } from 'node:module';
import typescript from 'typescript';

const { JsxEmit, ModuleKind, ScriptTarget } = typescript;
const compilerOptions = {
	jsx: JsxEmit.ReactJSX,
	module: ModuleKind.ESNext,
	target: ScriptTarget.ESNext,
	verbatimModuleSyntax: true,
};

// The same type stripping that Node does when it runs the backend: tests see the code that production runs.
// Node strips no JSX; there TypeScript itself does it.
export default {
	process: ( source, path ) => ( {
		code: path.endsWith( '.tsx' )
			? typescript.transpileModule( source, { compilerOptions } ).outputText
			: stripTypeScriptTypes( source ),
	} ),
};

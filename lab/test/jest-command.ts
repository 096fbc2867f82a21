/** How jest is started: on this Node, with modules, and from the checkout's folder. */
export function jestCommand( args: string[], env: Record< string, string > = {} ) {
	return {
		// what a failed test leaves open must not keep the run from its end
		argv: [ process.execPath, 'node_modules/jest/bin/jest.js', '--forceExit', ...args ],
		env: {
			...process.env,
			NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
			...env,
		},
	};
}

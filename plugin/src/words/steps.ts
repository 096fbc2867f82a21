import { __, _x } from '@wordpress/i18n';
import type { Step, Verb } from '@email-gateway/shared';

/** What a person watches: while it happens, and once it has. */
const steps: Record< Step, () => { doing: string; done: string } > = {
	connect: () => ( {
		doing: __( 'Connecting to the server', 'email-gateway' ),
		done: __( 'Connected to the server', 'email-gateway' ),
	} ),
	look: () => ( {
		doing: __( 'Inspecting the server', 'email-gateway' ),
		done: __( 'Inspected the server', 'email-gateway' ),
	} ),
	preflight: () => ( {
		doing: __( 'Asking the provider, from the server', 'email-gateway' ),
		done: __( 'Provider accepted the login', 'email-gateway' ),
	} ),
	sender: () => ( {
		doing: __( 'Looking up the Sending Domain', 'email-gateway' ),
		done: __( 'Looked up the Sending Domain', 'email-gateway' ),
	} ),
	plan: () => ( {
		doing: __( 'Working out what to change', 'email-gateway' ),
		done: __( 'Worked out what to change', 'email-gateway' ),
	} ),
	repair: () => ( {
		doing: __( 'Repairing an unfinished change', 'email-gateway' ),
		done: __( 'Repaired an unfinished change', 'email-gateway' ),
	} ),
	snapshot: () => ( {
		doing: __( 'Backing up the current setup', 'email-gateway' ),
		done: __( 'Backed up the current setup', 'email-gateway' ),
	} ),
	packages: () => ( {
		doing: __( 'Installing Postfix', 'email-gateway' ),
		done: __( 'Postfix is installed', 'email-gateway' ),
	} ),
	configuration: () => ( {
		doing: __( 'Writing the configuration', 'email-gateway' ),
		done: __( 'Wrote the configuration', 'email-gateway' ),
	} ),
	service: () => ( {
		doing: __( 'Starting Postfix', 'email-gateway' ),
		done: __( 'Postfix is running', 'email-gateway' ),
	} ),
	verify: () => ( {
		doing: __( 'Checking the result', 'email-gateway' ),
		done: __( 'Checked the result', 'email-gateway' ),
	} ),
	commit: () => ( {
		doing: __( 'Making the change final', 'email-gateway' ),
		done: __( 'Made the change final', 'email-gateway' ),
	} ),
	undo: () => ( {
		doing: __( 'Rolling back all changes', 'email-gateway' ),
		done: __( 'Rolled back all changes', 'email-gateway' ),
	} ),
	restore: () => ( {
		doing: __( 'Restoring the previous mail setup', 'email-gateway' ),
		done: __( 'Restored the previous mail setup', 'email-gateway' ),
	} ),
	look_again: () => ( {
		doing: __( 'Checking the server again', 'email-gateway' ),
		done: __( 'Checked again: everything is as it should be', 'email-gateway' ),
	} ),
	flush: () => ( {
		doing: __( 'Delivering waiting messages', 'email-gateway' ),
		done: __( 'Tried the waiting messages again', 'email-gateway' ),
	} ),
	hand_over: () => ( {
		doing: __( 'Handing over the mail of the former mail system', 'email-gateway' ),
		done: __( 'Handed over the mail of the former mail system', 'email-gateway' ),
	} ),
	read_queue: () => ( {
		doing: __( 'Reading the queue', 'email-gateway' ),
		done: __( 'Read the queue', 'email-gateway' ),
	} ),
	change_queue: () => ( {
		doing: __( 'Changing the queue', 'email-gateway' ),
		done: __( 'Changed the queue', 'email-gateway' ),
	} ),
	search: () => ( {
		doing: __( 'Asking the mail domain for its server', 'email-gateway' ),
		done: __( 'Asked the mail domain for its server', 'email-gateway' ),
	} ),
	site_mail: () => ( {
		doing: __( 'Seeing to the mail that the site has in the queue', 'email-gateway' ),
		done: __( 'Saw to the mail that the site had in the queue', 'email-gateway' ),
	} ),
	sandbox_mail: () => ( {
		doing: __( 'Seeing to the mail that the sandbox keeps', 'email-gateway' ),
		done: __( 'Saw to the mail that the sandbox keeps', 'email-gateway' ),
	} ),
	submit: () => ( {
		doing: __( 'Handing over the test email', 'email-gateway' ),
		done: __( 'Handed over the test email', 'email-gateway' ),
	} ),
	follow: () => ( {
		doing: __( 'Following it in the server’s mail log', 'email-gateway' ),
		done: __( 'The provider has answered', 'email-gateway' ),
	} ),
};

export function stepWords( step: Step ): { doing: string; done: string } {
	return steps[ step ]();
}

const verbs: Record< Verb, () => { doing: string; name: string } > = {
	check_connection: () => ( {
		doing: __( 'Checking the connection…', 'email-gateway' ),
		name: __( 'Check Connection', 'email-gateway' ),
	} ),
	preview_changes: () => ( {
		doing: __( 'Working out what would change…', 'email-gateway' ),
		name: __( 'Preview Changes', 'email-gateway' ),
	} ),
	check_settings: () => ( {
		doing: __( 'Checking the settings…', 'email-gateway' ),
		name: __( 'Check Settings', 'email-gateway' ),
	} ),
	find_settings: () => ( {
		doing: __( 'Looking for the settings…', 'email-gateway' ),
		name: __( 'Find Settings', 'email-gateway' ),
	} ),
	install_gateway: () => ( {
		doing: _x( 'Installing…', 'of a gateway', 'email-gateway' ),
		name: __( 'Install Email Gateway', 'email-gateway' ),
	} ),
	send_test_email: () => ( {
		doing: __( 'Sending a test email…', 'email-gateway' ),
		name: __( 'Send Test Email', 'email-gateway' ),
	} ),
	deliver_waiting_mail: () => ( {
		doing: __( 'Delivering waiting mail…', 'email-gateway' ),
		name: __( 'Deliver Waiting Mail', 'email-gateway' ),
	} ),
	deliver_former_mail: () => ( {
		doing: __( 'Handing over former mail…', 'email-gateway' ),
		name: __( 'Deliver Former Mail', 'email-gateway' ),
	} ),
	read_queue: () => ( {
		doing: __( 'Reading the queue…', 'email-gateway' ),
		name: __( 'Read Queue', 'email-gateway' ),
	} ),
	change_queue: () => ( {
		doing: __( 'Changing the queue…', 'email-gateway' ),
		name: __( 'Change Queue', 'email-gateway' ),
	} ),
	pause_site: () => ( {
		doing: __( 'Pausing sending…', 'email-gateway' ),
		name: __( 'Pause Sending', 'email-gateway' ),
	} ),
	resume_site: () => ( {
		doing: __( 'Resuming sending…', 'email-gateway' ),
		name: __( 'Resume Sending', 'email-gateway' ),
	} ),
	preview_sandbox: () => ( {
		doing: __( 'Working out what the sandbox would change…', 'email-gateway' ),
		name: __( 'Preview Sandbox', 'email-gateway' ),
	} ),
	check_route: () => ( {
		doing: __( 'Checking the route…', 'email-gateway' ),
		name: __( 'Check Route', 'email-gateway' ),
	} ),
	set_route: () => ( {
		doing: __( 'Setting the route…', 'email-gateway' ),
		name: __( 'Set Route', 'email-gateway' ),
	} ),
	update_routes: () => ( {
		doing: __( 'Updating routes…', 'email-gateway' ),
		name: __( 'Update Servers', 'email-gateway' ),
	} ),
	remove_route: () => ( {
		doing: __( 'Removing the route…', 'email-gateway' ),
		name: __( 'Remove Route', 'email-gateway' ),
	} ),
	route_others: () => ( {
		doing: __( 'Changing what becomes of other mail…', 'email-gateway' ),
		name: __( 'Change for Users Without a Route', 'email-gateway' ),
	} ),
	turn_on_sandbox: () => ( {
		doing: __( 'Turning on the sandbox…', 'email-gateway' ),
		name: __( 'Turn On Sandbox', 'email-gateway' ),
	} ),
	turn_off_sandbox: () => ( {
		doing: __( 'Turning off the sandbox…', 'email-gateway' ),
		name: __( 'Turn Off Sandbox', 'email-gateway' ),
	} ),
	preview_doors: () => ( {
		doing: __( 'Working out what closing side doors would change…', 'email-gateway' ),
		name: __( 'Preview Side Doors', 'email-gateway' ),
	} ),
	change_doors: () => ( {
		doing: __( 'Changing side doors…', 'email-gateway' ),
		name: __( 'Change Side Doors', 'email-gateway' ),
	} ),
	cap_site: () => ( {
		doing: __( 'Changing the cap…', 'email-gateway' ),
		name: __( 'Change Cap', 'email-gateway' ),
	} ),
	remove_gateway: () => ( {
		doing: _x( 'Removing…', 'of a gateway', 'email-gateway' ),
		name: __( 'Remove Email Gateway', 'email-gateway' ),
	} ),
};

export function verbWords( verb: Verb ): { doing: string; name: string } {
	return verbs[ verb ]();
}

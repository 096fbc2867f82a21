import { createRoot } from '@wordpress/element';
import { SettingsScreen } from './settings-screen.tsx';
import { SaveQuestion } from './unsaved/save-question.tsx';
import './pill.css';
import './screen.css';

const place = document.querySelector< HTMLElement >( '.email-gateway-app[data-screen="settings"]' );
if ( place ) {
	createRoot( place ).render(
		<>
			{ /* beside WPCloudDeploy its form of settings is around ours */ }
			<SaveQuestion around={ place } />
			<SettingsScreen />
		</>
	);
}

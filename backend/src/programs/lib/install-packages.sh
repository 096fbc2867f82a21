# shellcheck shell=sh disable=SC2034,SC2154
# Packages that are missing come with one run of apt.

# One run of apt: it reads its lists once, fetches, tells before-dpkg.sh what it is about to do, and does it.
install_packages() {
	begin packages
	if [ -n "$missing" ]; then
		complete_packages || package_problem package_system_broken
		lists_are_fresh || fetch update || :
		case " $missing " in
		*' postfix '*)
			# before the package: it then comes up with this configuration, on loopback only
			write_configuration || cannot_write
			echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
			;;
		esac
		decoded before_dpkg >"$run/before-dpkg"
		install_missing || { [ ! -e "$run/fetched" ] && fetch update && install_missing; } || fail_install
	fi
	# made of the package's certificates by its own script, which runs where dpkg sees something new only
	[ -s "$root/etc/ssl/certs/ca-certificates.crt" ] || update-ca-certificates || fail package_system_broken output "$(last_output)"
	finish added "$(cut -d ' ' -f 1 "$state/undo/added" | tr '\n' ' ')" removed "$(cut -d ' ' -f 1 "$state/undo/removed" | tr '\n' ' ')"
}
# confmiss: after a mere removal dpkg remembers configuration files that are gone as unwanted
install_missing() {
	# shellcheck disable=SC2086 # a list of package names
	fetch --reinstall -o DPkg::Pre-Install-Pkgs::="exec sh $run/before-dpkg $here" \
		-o DPkg::Tools::Options::exec::Version=2 -o Dpkg::Options::=--force-confmiss install $missing
}
lists_are_fresh() { [ -n "$(find "$root/var/lib/apt/lists" -maxdepth 1 -name '*Packages*' -mtime -1 2>/dev/null)" ]; }
fail_install() {
	# the answer to the package's question goes where nothing of the package is there to be taken away with it
	[ "$(package_state postfix)" != not-installed ] || echo PURGE | debconf-communicate postfix >/dev/null 2>&1
	check_cancel
	[ -e "$run/fetched" ] || package_problem packages_unavailable
	package_problem package_system_broken
}

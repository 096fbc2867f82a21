#!/bin/sh
# Tells everything about this server that concerns its mail: one fact a line, `name value`, free text in base64;
# a listing of several lines in base64 too, in pieces of 60,000 characters.
# Standard input: one line, the key that is mixed into every digest.
# Changes nothing but what a dead run left behind.
# It is the first that a server gets from us: a login shell that is none of POSIX may read it line by line. None of them
# may harm then.
set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
state=/var/lib/email-gateway

IFS= read -r digest_key || exit 64

# a whole listing in one go: some forks for each of its lines would cost more than all the rest of this
listing() { head -n "$2" | cut -b "1-$3" | base64 -w60000 | sed "s/^/$1 /"; }
text() { printf '%s' "$2" | head -c "$3" | base64 -w0 | sed "s/^/$1 /"; echo; }
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
os_release() { sed -n "s/^$1=//p" /etc/os-release 2>/dev/null | head -n 1 | tr -d "\"'"; }

echo 'facts 1'
text system_id "$(os_release ID)" 64
text system_version "$(os_release VERSION_ID)" 32
text system_name "$(os_release PRETTY_NAME)" 128
text system_like "$(os_release ID_LIKE)" 128
[ -d /run/systemd/system ] && echo 'systemd yes'
text hostname "$(hostname 2>/dev/null || cat /etc/hostname)" 253
text fqdn "$(timeout 5 hostname -f 2>/dev/null | head -n 1)" 253
if ip -6 route show default 2>/dev/null | grep -q . && ip -6 addr show scope global 2>/dev/null | grep -q inet6; then
	echo 'ipv6 yes'
fi
df -Pk /usr /var 2>/dev/null | awk 'NR > 1 { if (min == "" || $4 < min) min = $4 } END { print "free_kib " (min == "" ? 0 : min) }'
[ -d /etc/.git ] && command -v etckeeper >/dev/null && echo 'etckeeper yes'

for panel in cpanel:/usr/local/cpanel plesk:/usr/local/psa virtualmin:/etc/webmin/virtual-server directadmin:/usr/local/directadmin \
	ispconfig:/usr/local/ispconfig hestia:/usr/local/hestia vesta:/usr/local/vesta cyberpanel:/usr/local/CyberCP \
	iredmail:/opt/iredapd mailinabox:/etc/mailinabox.conf mailcow:/opt/mailcow-dockerized; do
	[ -e "${panel#*:}" ] && echo "panel ${panel%%:*}"
done

# packages
provider=none
if [ -e /usr/sbin/sendmail ]; then
	provider=$(dpkg -S "$(readlink -f /usr/sbin/sendmail)" 2>/dev/null | head -n 1)
	provider=${provider%%:*}
	case $provider in
	*' '* | '') provider=$(dpkg -S /usr/sbin/sendmail 2>/dev/null | grep -v '^diversion' | head -n 1) && provider=${provider%%:*} ;;
	esac
	[ -n "$provider" ] || provider=unpackaged
	# a program of somebody's in the place of that of the package
	if [ "$provider" = postfix ]; then
		(cd / && grep ' usr/sbin/sendmail$' /var/lib/dpkg/info/postfix.md5sums 2>/dev/null | md5sum -c --status 2>/dev/null) || provider=unpackaged
	fi
fi
echo "sendmail $provider"
dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' postfix libsasl2-modules ca-certificates logrotate \
	"$provider" 2>/dev/null | sed -n 's/^installed /package /p' | sort -u
text candidate "$(apt-cache policy postfix 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '(none)')" 128

# what a package of ours has put where it works, and is not there any more
# shellcheck disable=SC2046 # names of packages
dpkg -L $(for name in postfix libsasl2-modules ca-certificates logrotate; do installed $name && echo $name; done) 2>/dev/null |
	grep -E '^/(etc/postfix|usr/lib|lib|usr/sbin|usr/share/postfix)/' | while IFS= read -r path; do
	[ -e "$path" ] || [ -L "$path" ] || echo "$path"
done | listing missing_files 20 512
[ -s /etc/ssl/certs/ca-certificates.crt ] && echo 'root_store yes'

# postfix
generation=0
master=''
if installed postfix && command -v postconf >/dev/null; then
	text postfix_version "$(postconf -dh mail_version 2>/dev/null)" 32
	# not `postfix status`: it would add a line to the mail log at each look
	master=$(tr -d ' ' 2>/dev/null </var/spool/postfix/pid/master.pid)
	if [ -n "$master" ] && [ "$(cat "/proc/$master/comm" 2>/dev/null)" = master ]; then
		echo 'postfix_running yes'
	else
		master=''
	fi
	if [ -d /run/systemd/system ]; then
		# the second is what Debian 12 really starts; where it is not there, it is not masked
		case $(systemctl is-enabled postfix postfix@- 2>/dev/null) in
		*masked*) ;;
		enabled*) echo 'postfix_enabled yes' ;;
		esac
	elif ls /etc/rc2.d/S*postfix >/dev/null 2>&1; then
		echo 'postfix_enabled yes'
	fi
	if [ -f /etc/postfix/main.cf ]; then
		postconf -n 2>/dev/null | listing parameters 400 2048
		generation=$(sed -n 's#^smtp_sasl_password_maps = texthash:/etc/postfix/gateway-\([0-9][0-9]*\)/sasl_passwd$#\1#p' /etc/postfix/main.cf | head -n 1)
		generation=${generation:-0}
	fi
	if [ -f /etc/postfix/master.cf ]; then
		postconf -M 2>/dev/null | listing services 200 2048
	fi
	[ -L /etc/postfix/main.cf ] && echo 'main_is_link yes'
fi
echo "generation $generation"
# also where no Postfix is there yet: it could not be started
for unit in postfix.service postfix@-.service postfix@.service; do
	for where in /etc /run; do
		[ "$(readlink "$where/systemd/system/$unit")" != /dev/null ] || echo "masked $unit"
	done
done
if [ -d /run/systemd/system ]; then
	systemctl -q is-enabled email-gateway-waiting.timer 2>/dev/null && systemctl -q is-active email-gateway-waiting.timer && echo 'waiting_mail_kept yes'
elif [ -f /etc/cron.d/email-gateway-waiting ]; then
	echo 'waiting_mail_kept yes'
fi
echo "queue $(find /var/spool/postfix/maildrop /var/spool/postfix/incoming /var/spool/postfix/active \
	/var/spool/postfix/deferred /var/spool/postfix/hold -type f 2>/dev/null | wc -l)"
stuck=$(find /var/spool/postfix/deferred /var/spool/postfix/hold -type f 2>/dev/null | wc -l)
echo "stuck $stuck"
# What the newest tries of it have met: the three answers that most of those messages have, each with its number, its
# newest try and its words. Numbers and addresses in them (ids, times, recipients) are no part of what makes two alike.
if [ "$stuck" -gt 0 ]; then
	find /var/spool/postfix/defer -type f -printf '%T@ %p\n' 2>/dev/null | sort -rn | head -n 2000 | awk '{
		said = ""
		while ((getline line < $2) > 0) if (line ~ /^reason=/) said = substr(line, 8, 600)
		close($2)
		if (said == "") next
		key = substr(said, 1, 300)
		gsub(/<[^>]*>|[0-9]+/, "", key)
		if (!(key in count)) { at[key] = int($1); words[key] = said }
		count[key]++
	}
	END { for (key in count) print count[key], at[key], words[key] }' | sort -rn | head -n 3 | while IFS=' ' read -r number at said; do
		text "deferral $number $at" "$said" 600
	done
fi
# of the mail system that a gateway replaces, or has replaced: its packages go, its messages stay
echo "old_queue $(find /var/spool/exim4/input /var/spool/mqueue /var/spool/mqueue-client /var/spool/nullmailer/queue /var/spool/dma /var/spool/smtpd/queue \
	-type f ! -name '*-[DJ]' ! -name '[dxt]f*' ! -name 'Q*' ! -name '*.lock' ! -name 'flush' 2>/dev/null | wc -l)"
# Sockets that listen (state 0A): those of Postfix on every port, those of others on port 25 (0x0019), with who that is.
[ -z "$master" ] || own=$(find "/proc/$master/fd" -lname 'socket:*' -printf '%l ' 2>/dev/null)
cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
	awk -v own=" ${own:-}" '$4 == "0A" { split($2, at, ":"); if (index(own, " socket:[" $10 "] ")) print "listens", at[1], at[2]; else if (at[2] == "0019") print "port25", at[1], $10 }' |
	sort -u | head -n 64 | while read -r kind address last; do
	if [ "$kind" = port25 ]; then
		last=$(find /proc/[0-9]*/fd -lname "socket:\[$last\]" -print -quit 2>/dev/null | cut -d / -f 3)
		[ -z "$last" ] || last=$(head -c 15 "/proc/$last/comm" 2>/dev/null | tr -cd 'A-Za-z0-9._+-')
	fi
	echo "$kind $address $last"
done
# what others keep in the folder of Postfix: links and files that neither the package nor we have put there
if [ -d /etc/postfix ]; then
	find /etc/postfix -mindepth 1 ! -type d ! -path '/etc/postfix/gateway-[0-9]*/*' ! -path /etc/postfix/main.cf ! -path /etc/postfix/master.cf \
		! -path '*/dynamicmaps.cf*' ! -path '*.proto' ! -path /etc/postfix/makedefs.out 2>/dev/null |
		grep -vxF -e "$(dpkg -L postfix 2>/dev/null | grep '^/etc/postfix/')" | sort | listing others 50 1024
fi

# files: keyed digests, never contents
for path in /etc/postfix/main.cf /etc/postfix/master.cf /etc/logrotate.d/email-gateway \
	/usr/local/sbin/email-gateway-waiting /etc/systemd/system/email-gateway-waiting.service \
	/etc/systemd/system/email-gateway-waiting.timer /etc/cron.d/email-gateway-waiting "/etc/postfix/gateway-$generation"/*; do
	if [ -f "$path" ] && [ ! -L "$path" ]; then
		echo "file $path $({ printf '%s' "$digest_key"; cat "$path"; } | sha256sum | cut -c 1-64) $(stat -c '%a %U' "$path")"
	fi
done

# credentials of a mail system whose place the gateway takes: apt leaves them behind
if [ -f /etc/ssmtp/ssmtp.conf ] && [ ! -L /etc/ssmtp/ssmtp.conf ] && grep -qi '^[[:blank:]]*AuthPass' /etc/ssmtp/ssmtp.conf; then
	echo 'old_credential /etc/ssmtp/ssmtp.conf'
fi

# Postfix does not read it while the gateway is here
text root_alias "$(sed -n 's/^[Rr][Oo][Oo][Tt][[:blank:]]*:[[:blank:]]*//p' /etc/aliases 2>/dev/null | head -n 1)" 255

# what tells this machine from a copy of it
echo "machine $(cat /etc/machine-id /etc/ssh/ssh_host_ed25519_key.pub 2>/dev/null | sha256sum | cut -c 1-64)"

# our own state
if [ -d $state ] && [ ! -L $state ] && [ "$(stat -c %u $state)" = 0 ]; then
	[ -f $state/marker ] && text marker "$(cat $state/marker)" 4096
	[ -d $state/origin ] && echo 'origin_kept yes'
	last=$(find $state -maxdepth 1 -name 'job.*' -type d -printf '%T@ %f\n' 2>/dev/null | sort -n | sed -n '$s/^[^ ]* job\.//p')
	[ -n "$last" ] && echo "last_job $last"
	# under the lock, so that the payload of a run that starts just now is not taken for a leftover
	if [ -e $state/lock ] && ! flock -n $state/lock rm -rf /run/email-gateway $state/room; then
		owner=$(head -c 64 $state/owner 2>/dev/null)
		# with its result told a run has ended: it holds the lock only until it has put its things away
		[ -e "$state/job.$owner/result" ] || echo "unfinished $owner running"
	else
		if [ -d $state/undo ] || [ -e $state/removing ]; then
			echo "unfinished $(head -c 64 $state/owner 2>/dev/null) dead"
		elif [ ! -e $state/marker ] && [ -z "$(find $state -maxdepth 1 -name 'job.*' -mmin -1440 2>/dev/null)" ]; then
			flock -n $state/lock rm -rf $state
		fi
	fi
fi
echo end

# What bin/switchboard and bin/inetd have in common: finding the state directory and Java, and becoming the server.
# Plain POSIX sh, read by them with home (the directory of the distribution), cwd (the directory they were started in) and
# program (the name they speak under) set. Everything that starts replaces the shell, so the process id stays the caller's.

# Nobody's environment decides what only options do.
suspend_signal=60
settings= session= state= any_state= keep_environment= limits= umask=
strict= form= drain= syslog= level= levels= dialect= programs= internal= addresses= daemon= pidfile= exclusive= directory= copy= reason=

die() { # status, message
    status=$1; shift
    printf '%s: %s\n' "$program" "$*" >&2
    exit "$status"
}

known_dialect() {
    case $dialect in
        '' | switchboard | debian | openbsd | gnu | busybox | freebsd | netbsd | netkit) ;;
        *) die 64 "there is no dialect '$dialect', but debian, openbsd, gnu, busybox, freebsd, netbsd, netkit, and switchboard" ;;
    esac
}

# Sets path; a function that prints would cost another process.
absolute() { # path
    case $1 in
        /*) path=$1 ;;
        *) path=$cwd/$1 ;;
    esac
}

# Whether a build made the distribution in this place: what it leaves behind is to stay there.
is_in_build_tree() {
    case $home in */target/switchboard) [ -f "${home%/target/switchboard}/pom.xml" ] ;; *) return 1 ;; esac
}

find_state() {
    choose_state
    [ -n "$state" ] ||
        die 1 "no place for the state directory: $home is read-only and HOME is not set; name one with --state DIR"
}

# Sets state, if there is a place. Server and client must agree on it without talking to one another. The state of root
# outlives an upgrade, wherever the distribution lies; other users may have only the distribution to write to.
choose_state() {
    if [ -n "${SWITCHBOARD_STATE:-}" ]; then
        absolute "$SWITCHBOARD_STATE"
        state=$path
    elif is_in_build_tree && is_ours_to_write; then
        state=$home/state
    elif [ "$(id -u)" = 0 ]; then
        state=/var/lib/switchboard
    elif ! is_system_place && is_ours_to_write; then
        state=$home/state
    elif [ -n "${XDG_STATE_HOME:-}" ]; then
        state=$XDG_STATE_HOME/switchboard
    elif [ -n "${HOME:-}" ]; then
        state=$HOME/.local/state/switchboard
    fi
}

is_system_place() {
    case $home in /opt/* | /usr/*) ;; *) return 1 ;; esac
}

is_ours_to_write() {
    if [ -e "$home/state" ]; then [ -d "$home/state" ] && [ -w "$home/state" ] && [ -O "$home/state" ]; else [ -w "$home" ]; fi
}

# Sets java and java_version (the feature number), without starting Java where its installation says it.
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || die 1 "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it"
    else
        java=$(command -v java) || die 1 "Java 17 or newer is needed, and there is no java in PATH; set JAVA_HOME (Debian: apt install openjdk-17-jre-headless)"
        java=$(readlink -f "$java" 2>/dev/null) || java=$(command -v java)
    fi
    java_version=
    release=${java%/bin/java}/release
    if [ -r "$release" ]; then
        while IFS='=' read -r key value; do
            [ "$key" = JAVA_VERSION ] && java_version=${value#\"}
        done < "$release"
    fi
    if [ -z "$java_version" ]; then
        java_version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9.]*\).*/\1/p')
    fi
    java_version=${java_version%%[!0-9]*}
    [ "${java_version:-0}" -ge 17 ] || die 1 "Java 17 or newer is needed, and $java is ${java_version:-unknown}; set JAVA_HOME"
}

add_limit() { # name, what /proc says behind the label: soft limit, hard limit, unit
    # shellcheck disable=SC2086 # splitting is the point
    set -- "$1" $2
    limits="$limits${limits:+ }$1=$2:$3"
}

# The resource limits we were started with: programs get these, while Java raises its own.
read_limits() {
    limits=
    [ -r /proc/self/limits ] || return 0
    while read -r line; do
        case $line in
            'Max cpu time '*) add_limit cpu "${line#Max cpu time}" ;;
            'Max file size '*) add_limit fsize "${line#Max file size}" ;;
            'Max data size '*) add_limit data "${line#Max data size}" ;;
            'Max stack size '*) add_limit stack "${line#Max stack size}" ;;
            'Max core file size '*) add_limit core "${line#Max core file size}" ;;
            'Max resident set '*) add_limit rss "${line#Max resident set}" ;;
            'Max processes '*) add_limit nproc "${line#Max processes}" ;;
            'Max open files '*) add_limit nofile "${line#Max open files}" ;;
            'Max locked memory '*) add_limit memlock "${line#Max locked memory}" ;;
            'Max address space '*) add_limit as "${line#Max address space}" ;;
            'Max file locks '*) add_limit locks "${line#Max file locks}" ;;
            'Max pending signals '*) add_limit sigpending "${line#Max pending signals}" ;;
            'Max msgqueue size '*) add_limit msgqueue "${line#Max msgqueue size}" ;;
            'Max nice priority '*) add_limit nice "${line#Max nice priority}" ;;
            'Max realtime priority '*) add_limit rtprio "${line#Max realtime priority}" ;;
            'Max realtime timeout '*) add_limit rttime "${line#Max realtime timeout}" ;;
        esac
    done < /proc/self/limits
}

# Gives the process another name than 'java', for those who look there who it is: that of the file which is executed, and a
# link will do. It is kept in the state directory.
name_process() { # name
    [ -d "$state" ] || mkdir -p -m 700 -- "$state" 2> /dev/null
    if only_ours "$state"; then
        link=$state/$1
        [ "$link" -ef "$java" ] || ln -sfn -- "$java" "$link" 2> /dev/null || return 0
        java=$link
    fi
}

# Whether no other user may write to the directory: who may, decides what is executed from it. The server looks further, and says
# what is wrong.
only_ours() { # directory
    [ -d "$1" ] && [ -O "$1" ] && is_closed_to_others "$(LC_ALL=C ls -ld -- "$1/.")"
}

is_closed_to_others() { # the mode as ls(1) prints it, and what may follow
    case $1 in
        d????w* | d???????w*) return 1 ;;
        d*) ;;
        *) return 1 ;;
    esac
}

# An install that lost a part of itself, by a disk that was full or a copy that was cut, is said to be that.
require_whole_install() {
    for jar in launcher.jar org.apache.felix.framework.jar; do
        [ -s "$home/lib/$jar" ] || die 1 "$home/lib/$jar is missing or empty; install this version again"
    done
}

# Prints the mode of the state directory, and on the next line what changes when a file changes that the server executes or
# maps. Each process more would delay every start and every command.
fingerprint() {
    (cd "$home" && exec stat -L -c '%A %n %i %s %y %z' "$state/." lib lib/* lib/native/*/* bundles/*) 2> /dev/null |
        { read -r mode rest; printf '%s\n' "$mode"; exec cksum; }
}

# Java takes a class archive only for jar files of the size and time that they had when it was made. A copy of an install often
# has other times, so the archives are made, and used, with this one.
set_archive_time() { # directory
    touch -c -d @946684800 "$1/launcher.jar" "$1/org.apache.felix.framework.jar"
}

# Sets before to the fingerprint of this install, and copy to the name that says what it is a copy of; it need not be there.
# Fails where another user may write to the state directory.
name_copy() {
    { [ -d "$state" ] && [ -O "$state" ]; } || return 1
    before=$(fingerprint)
    is_closed_to_others "$before" || return 1
    name=${before#*
}
    copy=$state/program-${name% *}-${name#* }
}

# What only we can write to holds no copy of another user, but it may have been open to others before.
is_copy() {
    [ -e "$copy/lock" ] && [ ! -L "$copy" ] && [ -O "$copy" ]
}

# Sets copy to the private copy of this install if a server has made one, for what needs no copy of its own.
use_copy() {
    [ -n "$state" ] || choose_state
    name_copy && is_copy || copy=
}

# Sets copy to a private copy of lib and bundles in the state directory, to run the server from: an upgrade may write over
# the files of the install, and a process whose mapped files change dies. The name of a copy says what it is a copy of, and
# it is there only when it is complete, so that the next start finds it. The server removes the copies that no server uses.
make_copy() {
    [ -d "$state" ] || mkdir -p -m 700 -- "$state" 2> /dev/null
    # Where nothing can be written there is nothing to copy, and the server says so.
    [ -w "$state" ] && name_copy || return 0
    if [ -e "$copy/lock" ]; then
        is_copy || die 1 "the state directory $state is not safe: $copy is another user's"
        # A server that starts now leaves alone a copy whose lock has been written to just now.
        true 2> /dev/null > "$copy/lock"
        return 0
    fi
    if fresh=$(umask 077 && mktemp -d "$state/program.XXXXXX" 2> /dev/null) \
            && reason=$(LC_ALL=C cp -RLp "$home/lib" "$home/bundles" "$fresh/" 2>&1) \
            && chmod -R u+rwX,go-rwx "$fresh" && set_archive_time "$fresh/lib" && : > "$fresh/lock"; then
        if [ "$(fingerprint)" != "$before" ]; then
            rm -rf "$fresh"
            die 1 "$home is being changed; start again when that is done"
        fi
        mv -T -- "$fresh" "$copy" 2> /dev/null && return 0
    fi
    [ -z "$fresh" ] || rm -rf "$fresh"
    if [ ! -e "$copy/lock" ]; then
        printf '%s: cannot copy lib and bundles into %s%s; do not write over %s while this server runs\n' \
            "$program" "$state" "${reason:+: ${reason##*: }}" "$home" >&2
        copy=
    fi
}

# Becomes Java, with the options in lib/java.options and in those files that are named. It is told to use another signal than
# SIGUSR2 for itself. Its environment is what a server needs, or with keep_environment=true what we have: programs may be
# given that; settings says what of it is meant for Java alone.
# A shared archive is valid for the class path it was made with, as written: hence lib as working directory.
become_java() { # archive, arguments...
    archive=$1; shift
    cd "${copy:-$home}/lib" || die 1 "cannot enter ${copy:-$home}/lib"
    # Without a locale Java reads and prints ASCII only, file names included.
    locale=
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
        C | POSIX) locale=C.UTF-8 ;;
    esac
    # With a locale of our making, programs are told by this setting that they have none.
    add_setting environment.added "_JAVA_SR_SIGNUM,SWITCHBOARD_SETTINGS${locale:+,LC_ALL}"
    if [ "$java_version" -ge 22 ]; then set -- --enable-native-access=ALL-UNNAMED "$@"; fi
    if [ "$java_version" -ge 23 ]; then set -- --sun-misc-unsafe-memory-access=allow "$@"; fi
    if [ -r "$archive" ]; then set -- "-XX:SharedArchiveFile=$archive" "$@"; fi
    set -- @java.options "$@"
    if [ "${keep_environment-}" = true ]; then
        export _JAVA_SR_SIGNUM=$suspend_signal SWITCHBOARD_SETTINGS="$settings"
        unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS NOTIFY_SOCKET WATCHDOG_USEC WATCHDOG_PID
        [ -z "$locale" ] || export LC_ALL=$locale
        PWD=$cwd
        # shellcheck disable=SC2086 # one word or none
        exec $session "$java" "$@"
    fi
    set -- "_JAVA_SR_SIGNUM=$suspend_signal" "SWITCHBOARD_SETTINGS=$settings" "$java" "$@"
    [ -z "$locale" ] || LC_ALL=$locale
    for name in HOME USER LOGNAME LANG LC_ALL LC_CTYPE LC_TIME TZ TERM XDG_RUNTIME_DIR LISTEN_PID LISTEN_FDS LISTEN_FDNAMES; do
        eval "value=\${$name-}"
        [ -z "$value" ] || set -- "$name=$value" "$@"
    done
    exec env -i "PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}" "$@"
}

# A setting is handed to Java in its environment, one a line, and not as an option: ps(1) would show a thousand characters.
add_setting() { # name, value
    case $2 in
        *"
"*) die 1 "there is a line break in '$2'" ;;
    esac
    settings="$settings$1=$2
"
}

# Becomes the server, or what checks files. The variables on the right become settings for it; what is not set is left out.
become_server() { # run|check|convert, files...
    verb=$1; shift
    # Each file goes to the end of the list under its absolute name, until the first is the first again.
    count=$#
    while [ "$count" -gt 0 ]; do
        case $verb,$1 in
            run,-) absolute ./- ;;
            *,-) path=/dev/stdin ;;
            *) absolute "$1" ;;
        esac
        set -- "$@" "$path"
        shift
        count=$((count - 1))
    done
    if [ "${WATCHDOG_PID:-$$}" != $$ ]; then WATCHDOG_USEC=; fi
    umask=$(umask)
    # shellcheck disable=SC2086 # several options in one variable; they come last, so that they win
    set -- ${SWITCHBOARD_JAVA_OPTS:-} org.switchboard.launcher.Main "$verb" "$@"
    require_whole_install
    if [ "$verb" = run ]; then
        make_copy
        # Where a crash of Java is described; its own choice is the working directory.
        [ ! -d "$state" ] || set -- "-XX:ErrorFile=$state/hs_err_pid%p.log" "$@"
    else
        use_copy
    fi
    settings=
    for pair in home=home copy=copy state=state strict=strict shutdown.drain=drain syslog=syslog log.levels=levels \
            convert.form=form rlimits=limits umask=umask dialect=dialect defaults.programs=programs defaults.internal=internal \
            inetd.addresses=addresses notify=NOTIFY_SOCKET watchdog.microseconds=WATCHDOG_USEC \
            state.any=any_state program=program daemon=daemon pidfile=pidfile pidfile.exclusive=exclusive directory=directory; do
        eval "value=\${${pair#*=}-}"
        [ -z "$value" ] || add_setting "${pair%%=*}" "$value"
    done
    # A check may read a file from there.
    [ "$verb" != run ] || exec <> /dev/null
    become_java server.jsa @server.options "$@"
}

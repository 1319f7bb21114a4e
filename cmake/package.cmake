# What is installed where, and the Debian package of it: `./run deb`. The files that the package
# needs beside the program are in tools/package.

set(package ${CMAKE_SOURCE_DIR}/tools/package)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

configure_file(${package}/zicht.1 ${CMAKE_BINARY_DIR}/package/zicht.1 @ONLY)
string(TIMESTAMP ZICHT_PACKAGE_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${package}/changelog.in ${CMAKE_BINARY_DIR}/package/changelog @ONLY)
foreach(file zicht.1 changelog)
  add_custom_command(
    OUTPUT ${CMAKE_BINARY_DIR}/package/${file}.gz
    COMMAND gzip -9nkf ${CMAKE_BINARY_DIR}/package/${file}
    DEPENDS ${CMAKE_BINARY_DIR}/package/${file})
endforeach()
add_custom_target(package_texts DEPENDS ${CMAKE_BINARY_DIR}/package/zicht.1.gz
                                        ${CMAKE_BINARY_DIR}/package/changelog.gz)

install(TARGETS zicht DESTINATION /usr/bin)
install(FILES ${package}/zicht.service DESTINATION /lib/systemd/system)
install(FILES ${package}/zicht.conf DESTINATION /etc/zicht)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/web/dist/ DESTINATION /usr/share/zicht/web)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/packs/ DESTINATION /usr/share/zicht/packs)
install(FILES ${CMAKE_BINARY_DIR}/package/zicht.1.gz DESTINATION /usr/share/man/man1)
install(FILES ${package}/copyright ${CMAKE_BINARY_DIR}/package/changelog.gz
              ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/docs/operate.md
              ${CMAKE_SOURCE_DIR}/docs/security.md
        DESTINATION /usr/share/doc/zicht)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME zicht)
set(CPACK_PACKAGE_CONTACT "Zicht <zicht@example.org>")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_SOURCE_DIR}/build)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "keeps people, promises and terms in sight")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Zicht records promises, measures and care with their terms, tells where they
stand, and remembers who wrote and who looked. This package holds the server,
its command, the web interface and the packs.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, procps, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "clamav-daemon, libreoffice-writer-nogui, postgresql")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${package}/conffiles;${package}/postinst;${package}/prerm;${package}/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON)  # the paths above are absolute
set(CPACK_INSTALL_PREFIX /usr)
# Packing builds what it packs, not every test.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
include(CPack)

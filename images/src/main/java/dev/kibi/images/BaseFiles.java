package dev.kibi.images;

import java.util.Map;

/** The few files besides the C library that a program of this image looks for. */
final class BaseFiles {
  static final Map<String, String> CONTENTS =
      Map.of(
          "/etc/passwd",
          """
          root:x:0:0:root:/:/sbin/nologin
          nonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin
          """,
          "/etc/group",
          """
          root:x:0:
          nonroot:x:65532:
          """,
          "/etc/nsswitch.conf",
          """
          passwd: files
          group: files
          hosts: files dns
          """);

  private BaseFiles() {}
}

// Which namespaces there are, so that the compiler knows every key.
import "i18next";
import type * as common from "./texts/common";
import type * as portal from "./portal/texts";
import type * as shell from "./texts/shell";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common.en;
      portal: typeof portal.en;
      shell: typeof shell.en;
    };
  }
}

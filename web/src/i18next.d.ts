// Which namespaces there are, so that the compiler knows every key.
import "i18next";
import type * as portal from "./portal/texts";
import type * as answering from "./answer/texts";
import type * as frames from "./portal/frames/texts";
import type * as publicPages from "./public/texts";
import type * as common from "./texts/common";
import type * as session from "./texts/session";
import type * as shell from "./texts/shell";
import type * as parts from "./texts/parts";
import type * as states from "./texts/states";
import type * as projects from "./texts/projects";
import type * as assets from "./texts/assets";
import type * as parties from "./texts/parties";
import type * as statements from "./texts/statements";
import type * as shoots from "./texts/shoots";
import type * as log from "./texts/log";
import type * as leaks from "./texts/leaks";
import type * as cases from "./texts/cases";
import type * as commitments from "./texts/commitments";
import type * as templates from "./texts/templates";
import type * as deliveries from "./texts/deliveries";
import type * as admin from "./texts/admin";
import type * as bulletins from "./texts/bulletins";
import type * as filings from "./texts/filings";
import type * as listings from "./texts/listings";
import type * as listed from "./listed/texts";
import type * as alliance from "./texts/alliance";
import type * as screening from "./texts/screening";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common.en;
      session: typeof session.en;
      shell: typeof shell.en;
      parts: typeof parts.en;
      states: typeof states.en;
      projects: typeof projects.en;
      assets: typeof assets.en;
      parties: typeof parties.en;
      statements: typeof statements.en;
      shoots: typeof shoots.en;
      log: typeof log.en;
      leaks: typeof leaks.en;
      cases: typeof cases.en;
      commitments: typeof commitments.en;
      templates: typeof templates.en;
      deliveries: typeof deliveries.en;
      admin: typeof admin.en;
      bulletins: typeof bulletins.en;
      filings: typeof filings.en;
      listings: typeof listings.en;
      listed: typeof listed.en;
      alliance: typeof alliance.en;
      screening: typeof screening.en;
      portal: typeof portal.en;
      public: typeof publicPages.en;
      frames: typeof frames.en;
      answering: typeof answering.en;
    };
  }
}

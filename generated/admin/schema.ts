// Written by `npm run gen` from admin.yaml. Changes made here are lost.

export interface paths {
    "/admin/state/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Empty the state
         * @description Deletes all apps, environments, authentication resources and jobs; jobs that run are interrupted first. Lets go of
         *     jobs that are held, takes back faults, and forgets the recorded requests. A demo is made again, and a seed
         *     begins anew. What jobs made in Amazon
         *     Cognito stays there.
         */
        post: operations["ResetState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/state/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Save the whole state
         * @description Returns the whole state at one moment. The secrets of social providers are in it only where
         *     there is a passphrase, and then encrypted with it (scrypt and AES-256-GCM); the passphrase is kept nowhere.
         *     It is sent as it is read, an item in each line, and others are served meanwhile.
         */
        post: operations["ExportState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/state/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the whole state
         * @description Puts a saved state in the place of all that the server keeps, in one transaction: either all of it or, where anything
         *     is wrong with it or the caller goes away before the end, nothing. Jobs that run are interrupted first; jobs of the saved state that had not ended run again.
         *     A file with encrypted secrets needs its passphrase. A job that another instance has at work is not interrupted, and
         *     the import is refused.
         */
        post: operations["ImportState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/jobs/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold jobs
         * @description Jobs that are started stay `RUNNING` until they are released. Those that run already go on to their end.
         */
        post: operations["HoldJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/jobs/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release held jobs
         * @description Runs what was held, in the order in which it was started.
         */
        post: operations["ReleaseJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/jobs/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the next jobs fail
         * @description The next jobs that are taken up, of one operation or of any, end as `FAILED` with this error and change nothing.
         */
        post: operations["FailNextJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/auth/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview an update
         * @description Reads what is there and answers the changes that `UpdateBackendAuth` with this request would make outside: in Amazon
         *     Cognito, member by member. Writes nothing. An empty list means that the update changes nothing outside; the local
         *     provisioner never does.
         */
        post: operations["PlanUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the pending faults
         * @description Faults that were used up are not listed.
         */
        get: operations["ListFaults"];
        put?: never;
        /**
         * Make the next calls of an operation fail or wait
         * @description The next calls of the operation that are valid are answered with the error that the contract has for the status, or
         *     wait before they are served, or both. Faults of one operation are met in the order in which they were added.
         */
        post: operations["AddFault"];
        /**
         * Remove all faults
         * @description Calls that wait because of one are served at once.
         */
        delete: operations["ClearFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make ids and times reproducible
         * @description From now on the ids of jobs and of what the local provisioner invents follow from the seed, and the clock stands still
         *     until it is advanced. The ids of requests, and the time that signatures are held against, stay as they are. Refused on a
         *     database that other instances share.
         */
        post: operations["SetSeed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance the clock
         * @description Advances a clock that a seed has stopped. Jobs that are due by then run.
         */
        post: operations["AdvanceClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the last requests
         * @description The last requests to the API that were answered, the newest first; at most 1000 are kept. What is not named by the
         *     contract and what is secret is in none of them.
         */
        get: operations["ListRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The members that the body of every error has. */
        ErrorEnvelope: {
            /** @description The name of the error; the same as the header x-amzn-ErrorType. */
            __type: string;
            /** @description A description of the error. */
            message: string;
        };
        /** @description The number of things in the state. */
        StateSummary: {
            /** @description Apps. */
            apps: number;
            /** @description Environments of all apps. */
            environments: number;
            /** @description Authentication resources of all environments. */
            authResources: number;
            /** @description Jobs, including those that have ended. */
            jobs: number;
        };
        /** @description The request can't be processed as it is. */
        BadRequestException: {
            /** @description A description of the fault, one line for each, with its place. */
            message?: string;
        };
        /** @description The service failed temporarily. */
        InternalServiceException: {
            /** @description A general message. The cause is in the server's log, under the request id. */
            message?: string;
        };
        /**
         * @description OMIT leaves the secrets of social providers out. ENCRYPT needs a passphrase.
         * @enum {string}
         */
        SecretsChoice: "OMIT" | "ENCRYPT";
        /** @description The passphrase that secrets are encrypted with. */
        Passphrase: string;
        /** @description The treatment of secrets. */
        ExportStateRequest: {
            secrets: components["schemas"]["SecretsChoice"];
            passphrase?: components["schemas"]["Passphrase"];
        };
        /** @description The settings of social providers with their secrets, and the notes of what updates have left to put back, encrypted by AES-256-GCM with a key that scrypt (N 32768, r 8, p 3) makes of the passphrase. The rest of the file is authenticated with it. */
        SealedSecrets: {
            /** @description 16 bytes, in base64url. */
            salt: string;
            /** @description 12 bytes of nonce, the encrypted text and 16 bytes of tag, in base64url. */
            sealed: string;
        };
        /** @description Milliseconds since 1970-01-01 UTC. */
        StateTime: number;
        /** @description An app. */
        StateApp: {
            /** @description Its id. */
            appId: string;
            /** @description Its name. */
            appName: string;
            createTime: components["schemas"]["StateTime"];
        };
        /** @description An environment of an app. */
        StateEnvironment: {
            /** @description The id of its app. */
            appId: string;
            /** @description Its name. */
            backendEnvironmentName: string;
            createTime: components["schemas"]["StateTime"];
        };
        /**
         * @description Whether there is an identity pool beside the user pool.
         * @enum {string}
         */
        AuthResources: "USER_POOL_ONLY" | "IDENTITY_POOL_AND_USER_POOL";
        /** @description The identity pool that gives users AWS credentials. */
        CreateBackendAuthIdentityPoolConfig: {
            /** @description The name of the identity pool. */
            identityPoolName: string;
            /** @description Whether guests get AWS credentials without signing in. */
            unauthenticatedLogin: boolean;
        };
        /**
         * @description The service that authenticates.
         * @enum {string}
         */
        Service: "COGNITO";
        /**
         * @description The channel that a code is sent through.
         * @enum {string}
         */
        DeliveryMethod: "EMAIL" | "SMS";
        /** @description The email that carries a code. */
        EmailSettings: {
            /** @description The text, with `{####}` where the code goes. */
            emailMessage?: string;
            /** @description The subject line. */
            emailSubject?: string;
        };
        /** @description The text message that carries a code. */
        SmsSettings: {
            /** @description The text, with `{####}` where the code goes. */
            smsMessage?: string;
        };
        /**
         * @deprecated
         * @description How a user who forgot the password receives a code. Superseded by `verificationMessage`, which takes precedence.
         */
        CreateBackendAuthForgotPasswordConfig: {
            /**
             * @deprecated
             * @description The channel that the code is sent through.
             */
            deliveryMethod: components["schemas"]["DeliveryMethod"];
            /**
             * @deprecated
             * @description The email that carries the code.
             */
            emailSettings?: components["schemas"]["EmailSettings"];
            /**
             * @deprecated
             * @description The text message that carries the code.
             */
            smsSettings?: components["schemas"]["SmsSettings"];
        };
        /**
         * @description Whether a second factor is required of everyone, of no one, or of those who choose it.
         * @enum {string}
         */
        MFAMode: "ON" | "OFF" | "OPTIONAL";
        /**
         * @description A second factor, which is a text message or an app's one-time code.
         * @enum {string}
         */
        MfaTypesElement: "SMS" | "TOTP";
        /** @description The ways of multi-factor authentication. */
        Settings: {
            /** @description The second factors that users may choose from. */
            mfaTypes?: components["schemas"]["MfaTypesElement"][];
            /** @description The text message that carries the code, with `{####}` where the code goes. */
            smsMessage?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Multi-factor authentication. */
        CreateBackendAuthMFAConfig: {
            MFAMode: components["schemas"]["MFAMode"];
            settings?: components["schemas"]["Settings"];
        };
        /**
         * @description How an app gets its tokens.
         * @enum {string}
         */
        OAuthGrantType: "CODE" | "IMPLICIT";
        /**
         * @description A use that a token is good for.
         * @enum {string}
         */
        OAuthScopesElement: "PHONE" | "EMAIL" | "OPENID" | "PROFILE" | "AWS_COGNITO_SIGNIN_USER_ADMIN";
        /** @description The app's account at a provider. */
        BackendAuthSocialProviderConfig: {
            /** @description The app's id at the provider. */
            client_id?: string;
        };
        /** @description The app's account at Apple. */
        BackendAuthAppleProviderConfig: {
            /** @description The id of the service at Apple. */
            client_id?: string;
            /** @description The id of the key. */
            key_id?: string;
            /** @description The id of the developer's team. */
            team_id?: string;
        };
        /** @description The providers that users may sign in with instead of a password. */
        SocialProviderSettings: {
            /** @description Sign-in with Facebook. */
            Facebook?: components["schemas"]["BackendAuthSocialProviderConfig"];
            /** @description Sign-in with Google. */
            Google?: components["schemas"]["BackendAuthSocialProviderConfig"];
            /** @description Sign-in with Amazon. */
            LoginWithAmazon?: components["schemas"]["BackendAuthSocialProviderConfig"];
            /** @description Sign-in with Apple. */
            SignInWithApple?: components["schemas"]["BackendAuthAppleProviderConfig"];
        } & {
            [key: string]: unknown;
        };
        /** @description Sign-in over OAuth and the hosted page. */
        CreateBackendAuthOAuthConfig: {
            /** @description The first part of the hosted page's domain. */
            domainPrefix?: string;
            oAuthGrantType: components["schemas"]["OAuthGrantType"];
            /** @description The uses that a token is good for. */
            oAuthScopes: components["schemas"]["OAuthScopesElement"][];
            /** @description The addresses that a user may be sent to after signing in. */
            redirectSignInURIs: string[];
            /** @description The addresses that a user may be sent to after signing out. */
            redirectSignOutURIs: string[];
            socialProviderSettings?: components["schemas"]["SocialProviderSettings"];
        };
        /**
         * @description A kind of character that a password must have.
         * @enum {string}
         */
        AdditionalConstraintsElement: "REQUIRE_DIGIT" | "REQUIRE_LOWERCASE" | "REQUIRE_SYMBOL" | "REQUIRE_UPPERCASE";
        /** @description The rules for passwords. */
        CreateBackendAuthPasswordPolicyConfig: {
            /** @description The kinds of characters that a password must have. Always present, if only as an empty list, when it is read. */
            additionalConstraints?: components["schemas"]["AdditionalConstraintsElement"][];
            /** @description The minimum number of characters. */
            minimumLength: number;
        };
        /**
         * @description An attribute that a user must provide to sign up.
         * @enum {string}
         */
        RequiredSignUpAttributesElement: "ADDRESS" | "BIRTHDATE" | "EMAIL" | "FAMILY_NAME" | "GENDER" | "GIVEN_NAME" | "LOCALE" | "MIDDLE_NAME" | "NAME" | "NICKNAME" | "PHONE_NUMBER" | "PICTURE" | "PREFERRED_USERNAME" | "PROFILE" | "UPDATED_AT" | "WEBSITE" | "ZONE_INFO";
        /**
         * @description The identifier that users sign in with.
         * @enum {string}
         */
        SignInMethod: "EMAIL" | "EMAIL_AND_PHONE_NUMBER" | "PHONE_NUMBER" | "USERNAME";
        /** @description The message that verifies a user's address or number. */
        CreateBackendAuthVerificationMessageConfig: {
            deliveryMethod: components["schemas"]["DeliveryMethod"];
            emailSettings?: components["schemas"]["EmailSettings"];
            smsSettings?: components["schemas"]["SmsSettings"];
        };
        /** @description The user pool's settings. Its name, the sign-in method and the required attributes can't be changed later. */
        CreateBackendAuthUserPoolConfig: {
            /** @deprecated */
            forgotPassword?: components["schemas"]["CreateBackendAuthForgotPasswordConfig"];
            mfa?: components["schemas"]["CreateBackendAuthMFAConfig"];
            oAuth?: components["schemas"]["CreateBackendAuthOAuthConfig"];
            passwordPolicy?: components["schemas"]["CreateBackendAuthPasswordPolicyConfig"];
            /** @description The attributes that a user must provide to sign up. */
            requiredSignUpAttributes: components["schemas"]["RequiredSignUpAttributesElement"][];
            signInMethod: components["schemas"]["SignInMethod"];
            /** @description The name of the user pool. */
            userPoolName: string;
            verificationMessage?: components["schemas"]["CreateBackendAuthVerificationMessageConfig"];
        };
        /** @description The whole configuration of an authentication resource. */
        CreateBackendAuthResourceConfig: {
            authResources: components["schemas"]["AuthResources"];
            identityPoolConfigs?: components["schemas"]["CreateBackendAuthIdentityPoolConfig"];
            service: components["schemas"]["Service"];
            userPoolConfigs: components["schemas"]["CreateBackendAuthUserPoolConfig"];
        };
        /** @description The ids of what stands behind it, which provisioner made or imported them, and what existed before (`adopted`), and so is never deleted. Files of earlier versions have strings alone. */
        MadeResources: {
            [key: string]: unknown;
        };
        /** @description Where an update failed and could not be undone: the configuration that the next one starts from, and those that were to be reached. `resourceConfig` is what is true meanwhile. The notes of what is to be put back hold secrets: they are in the encrypted part. */
        UnfinishedUpdate: {
            intended: components["schemas"]["CreateBackendAuthResourceConfig"];
            /** @description Any of what is outside may be as in one of these. */
            attempted: components["schemas"]["CreateBackendAuthResourceConfig"][];
        };
        /** @description The authentication resource of an environment. */
        StateAuthResource: {
            /** @description The id of its app. */
            appId: string;
            /** @description The name of its environment. */
            backendEnvironmentName: string;
            /** @description Its name. */
            resourceName: string;
            resourceConfig: components["schemas"]["CreateBackendAuthResourceConfig"];
            resources: components["schemas"]["MadeResources"];
            unfinished?: components["schemas"]["UnfinishedUpdate"];
            updateTime: components["schemas"]["StateTime"];
        };
        /**
         * @description Whether the job still runs, or how it ended.
         * @enum {string}
         */
        JobStatus: "RUNNING" | "COMPLETED" | "FAILED";
        /** @description An environment of a job. */
        StateJobEnvironment: {
            /** @description Its name. */
            name: string;
            /** @description Whether the job is found under it. */
            listed: boolean;
        };
        /** @description There is this environment. */
        PutEnvironment: {
            /**
             * @description The kind of change.
             * @constant
             */
            kind: "put-environment";
            /** @description Its app. */
            app: {
                /** @description Its id. */
                appId: string;
                /** @description Its name. */
                appName: string;
            };
            /** @description Its name. */
            environment: string;
        };
        /** @description The environment's authentication is configured so. */
        PutAuth: {
            /**
             * @description The kind of change.
             * @constant
             */
            kind: "put-auth";
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            environment: string;
            /** @description The name of the resource. */
            resourceName: string;
            config: components["schemas"]["CreateBackendAuthResourceConfig"];
            /** @description The members of userPoolConfigs that the update names. */
            named?: string[];
        };
        /** @description The environment's authentication is what exists by these ids. */
        AdoptAuth: {
            /**
             * @description The kind of change.
             * @constant
             */
            kind: "adopt-auth";
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            environment: string;
            /** @description The name of the resource. */
            resourceName: string;
            /** @description The ids. */
            ids: {
                /** @description Of the user pool. */
                userPoolId: string;
                /** @description Of the app client for the web. */
                webClientId: string;
                /** @description Of the app client for apps. */
                nativeClientId: string;
                /** @description Of the identity pool. */
                identityPoolId?: string;
            };
        };
        /** @description The environment has no authentication. */
        RemoveAuth: {
            /**
             * @description The kind of change.
             * @constant
             */
            kind: "remove-auth";
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            environment: string;
        };
        /** @description There is no such environment. */
        RemoveEnvironment: {
            /**
             * @description The kind of change.
             * @constant
             */
            kind: "remove-environment";
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            environment: string;
        };
        /** @description The app has no environments. */
        RemoveEnvironments: {
            /**
             * @description The kind of change.
             * @constant
             */
            kind: "remove-environments";
            /** @description The id of the app. */
            appId: string;
        };
        /** @description There is no such app. */
        RemoveApp: {
            /**
             * @description The kind of change.
             * @constant
             */
            kind: "remove-app";
            /** @description The id of the app. */
            appId: string;
        };
        /** @description A step of a job. */
        StateChange: components["schemas"]["PutEnvironment"] | components["schemas"]["PutAuth"] | components["schemas"]["AdoptAuth"] | components["schemas"]["RemoveAuth"] | components["schemas"]["RemoveEnvironment"] | components["schemas"]["RemoveEnvironments"] | components["schemas"]["RemoveApp"];
        /** @description A job. */
        StateJob: {
            /** @description Its id. */
            jobId: string;
            /** @description The id of its app. */
            appId: string;
            /** @description The operation that started it. */
            operation: string;
            status: components["schemas"]["JobStatus"];
            /** @description Why it failed. */
            error?: string;
            createTime: components["schemas"]["StateTime"];
            updateTime: components["schemas"]["StateTime"];
            /** @description The earliest time to run it. */
            runTime: components["schemas"]["StateTime"];
            /** @description How many workers were lost while they had it. */
            leasesLost: number;
            /** @description The key that an automatic retry of its request shares with it. */
            retryKey?: string;
            /** @description The environments that it is found under or keeps others out of. A job that is found under exactly one is a job of that environment; any other is one of the whole app, and keeps others out of all of it. */
            environments: components["schemas"]["StateJobEnvironment"][];
            /** @description The change that it makes. */
            changes: components["schemas"]["StateChange"][];
        };
        /** @description The whole state at one moment. */
        StateFile: {
            /**
             * @description Identifies the form.
             * @constant
             */
            format: "amplify-backend-auth-state";
            /** @description The version of this form. 2 has notes of what is to be put back; a server that writes it also reads 1. */
            formatVersion: number;
            /** @description The last change to the database's schema that the server knew which saved this. */
            migration: string;
            /** @description When it was saved, in milliseconds since 1970-01-01 UTC. */
            exportTime: number;
            secrets?: components["schemas"]["SealedSecrets"];
            /** @description The apps. */
            apps: components["schemas"]["StateApp"][];
            /** @description The environments. */
            environments: components["schemas"]["StateEnvironment"][];
            /** @description The authentication resources. */
            authResources: components["schemas"]["StateAuthResource"][];
            /** @description The jobs. */
            jobs: components["schemas"]["StateJob"][];
        };
        /** @description A saved state. */
        ImportStateRequest: {
            state: components["schemas"]["StateFile.request"];
            passphrase?: components["schemas"]["Passphrase"];
        };
        /** @description The number of times. Defaults to 1. */
        Times: number;
        /** @description How the next jobs end. */
        JobFailure: {
            /** @description The operation whose jobs fail. Defaults to every operation. */
            operation?: string;
            /** @description The error of the job. Defaults to a sentence that says it was requested. */
            error?: string;
            times?: components["schemas"]["Times"];
        };
        /** @description The controls that hold jobs back or make them fail. */
        JobControls: {
            /** @description Whether no job is taken up. */
            holding: boolean;
            /** @description The pending failures. */
            failures: components["schemas"]["JobFailure"][];
        };
        /** @description The identity pool's settings to change. */
        UpdateBackendAuthIdentityPoolConfig: {
            /** @description Whether guests get AWS credentials without signing in. */
            unauthenticatedLogin?: boolean;
        };
        /**
         * @deprecated
         * @description How a user who forgot the password receives a code. Superseded by `verificationMessage`, which takes precedence.
         */
        UpdateBackendAuthForgotPasswordConfig: {
            /**
             * @deprecated
             * @description The channel that the code is sent through.
             */
            deliveryMethod?: components["schemas"]["DeliveryMethod"];
            /**
             * @deprecated
             * @description The email that carries the code.
             */
            emailSettings?: components["schemas"]["EmailSettings"];
            /**
             * @deprecated
             * @description The text message that carries the code.
             */
            smsSettings?: components["schemas"]["SmsSettings"];
        };
        /** @description Multi-factor authentication. */
        UpdateBackendAuthMFAConfig: {
            MFAMode?: components["schemas"]["MFAMode"];
            settings?: components["schemas"]["Settings"];
        };
        /** @description Sign-in over OAuth and the hosted page. An empty object removes it. */
        UpdateBackendAuthOAuthConfig: {
            /** @description The first part of the hosted page's domain. */
            domainPrefix?: string;
            oAuthGrantType?: components["schemas"]["OAuthGrantType"];
            /** @description The uses that a token is good for. */
            oAuthScopes?: components["schemas"]["OAuthScopesElement"][];
            /** @description The addresses that a user may be sent to after signing in. */
            redirectSignInURIs?: string[];
            /** @description The addresses that a user may be sent to after signing out. */
            redirectSignOutURIs?: string[];
            socialProviderSettings?: components["schemas"]["SocialProviderSettings.request"];
        };
        /** @description The rules for passwords. */
        UpdateBackendAuthPasswordPolicyConfig: {
            /** @description The kinds of characters that a password must have. */
            additionalConstraints?: components["schemas"]["AdditionalConstraintsElement"][];
            /** @description The minimum number of characters. */
            minimumLength?: number;
        };
        /** @description The message that verifies a user's address or number. */
        UpdateBackendAuthVerificationMessageConfig: {
            deliveryMethod: components["schemas"]["DeliveryMethod"];
            emailSettings?: components["schemas"]["EmailSettings"];
            smsSettings?: components["schemas"]["SmsSettings"];
        };
        /** @description The user pool's settings to change. A member that is left out keeps its value. */
        UpdateBackendAuthUserPoolConfig: {
            /** @deprecated */
            forgotPassword?: components["schemas"]["UpdateBackendAuthForgotPasswordConfig"];
            mfa?: components["schemas"]["UpdateBackendAuthMFAConfig"];
            oAuth?: components["schemas"]["UpdateBackendAuthOAuthConfig"];
            passwordPolicy?: components["schemas"]["UpdateBackendAuthPasswordPolicyConfig"];
            verificationMessage?: components["schemas"]["UpdateBackendAuthVerificationMessageConfig"];
        };
        /** @description The configuration to apply. */
        UpdateBackendAuthResourceConfig: {
            authResources: components["schemas"]["AuthResources"];
            identityPoolConfigs?: components["schemas"]["UpdateBackendAuthIdentityPoolConfig"];
            service: components["schemas"]["Service"];
            userPoolConfigs: components["schemas"]["UpdateBackendAuthUserPoolConfig"];
        };
        /** @description The input of an `UpdateBackendAuth`. */
        UpdateToPlan: {
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            /** @description The name of the authentication resource. */
            resourceName: string;
            resourceConfig: components["schemas"]["UpdateBackendAuthResourceConfig"];
        };
        /** @description One member of something outside. */
        PlannedChange: {
            /** @description The thing that has the member, such as a user pool with its id. */
            resource: string;
            /** @description The path of the member; empty where all of the resource is created or deleted. */
            member: string;
            /** @description The value now, secrets hidden; absent where there is none. */
            from?: unknown;
            /** @description The value after the update, secrets hidden; absent where there is none. */
            to?: unknown;
        };
        /** @description The changes that an update would make outside. */
        PlannedUpdate: {
            /** @description The changes, in the order in which they would be made. */
            changes: components["schemas"]["PlannedChange"][];
        };
        /** @description The request names something that does not exist. */
        NotFoundException: {
            /** @description A description of the missing thing. */
            message?: string;
            /** @description The kind of thing that is missing: App, BackendEnvironment, Auth or Job. */
            resourceType?: string;
        };
        /** @description Errors and delays of the next calls of an operation. It has a status, a latency, or both. */
        Fault: {
            /** @description The operation. */
            operation: string;
            /** @description The status to answer; one of the errors that the contract has for the operation. */
            status?: number;
            /** @description How long to wait before that, in ms. */
            latencyMs?: number;
            times?: components["schemas"]["Times"];
        };
        /** @description The pending faults. */
        FaultList: {
            /** @description In the order in which they were added. */
            faults: components["schemas"]["Fault"][];
        };
        /** @description Milliseconds since 1970-01-01 UTC. */
        Time: number;
        /** @description The seed of ids and times. */
        Seed: {
            /** @description Any text. The same calls in the same order after the same seed give the same ids. */
            seed: string;
            /** @description The time at which the clock stands. Defaults to the first moment of 2026. */
            time?: components["schemas"]["Time"];
        };
        /** @description The server's clock. */
        Clock: {
            time: components["schemas"]["Time"];
        };
        /** @description The time to advance the clock by. */
        Advance: {
            /** @description In milliseconds; a year at most. */
            ms: number;
        };
        /** @description A request that was answered. */
        RecordedRequest: {
            /** @description Its id, as in the header x-amzn-RequestId and the log. */
            requestId: string;
            /** @description When it was answered. */
            time: components["schemas"]["Time"];
            /** @description Its method. */
            method: string;
            /** @description Its path, without the query. */
            path: string;
            /** @description Its operation, where it is one. */
            operation?: string;
            /** @description The status it was answered with. */
            status: number;
            /** @description How long that took, in ms. */
            ms: number;
            /** @description The access key that signed it, where requests are signed. */
            caller?: string;
            /** @description The handler's input, without secrets and without members that the contract does not name. Requests that were refused before that have none, nor have those with more than 16 KiB of it. */
            input?: {
                [key: string]: unknown;
            };
        };
        /** @description Requests, the newest first. */
        RequestList: {
            /** @description The requests. */
            requests: components["schemas"]["RecordedRequest"][];
        };
        /** @description The whole state at one moment. */
        "StateFile.request": {
            /**
             * @description Identifies the form.
             * @constant
             */
            format: "amplify-backend-auth-state";
            /** @description The version of this form. 2 has notes of what is to be put back; a server that writes it also reads 1. */
            formatVersion: number;
            /** @description The last change to the database's schema that the server knew which saved this. */
            migration: string;
            /** @description When it was saved, in milliseconds since 1970-01-01 UTC. */
            exportTime: number;
            secrets?: components["schemas"]["SealedSecrets"];
            /** @description The apps. */
            apps: components["schemas"]["StateApp"][];
            /** @description The environments. */
            environments: components["schemas"]["StateEnvironment"][];
            /** @description The authentication resources. */
            authResources: components["schemas"]["StateAuthResource.request"][];
            /** @description The jobs. */
            jobs: components["schemas"]["StateJob.request"][];
        };
        /** @description The authentication resource of an environment. */
        "StateAuthResource.request": {
            /** @description The id of its app. */
            appId: string;
            /** @description The name of its environment. */
            backendEnvironmentName: string;
            /** @description Its name. */
            resourceName: string;
            resourceConfig: components["schemas"]["CreateBackendAuthResourceConfig.request"];
            resources: components["schemas"]["MadeResources"];
            unfinished?: components["schemas"]["UnfinishedUpdate.request"];
            updateTime: components["schemas"]["StateTime"];
        };
        /** @description The whole configuration of an authentication resource. */
        "CreateBackendAuthResourceConfig.request": {
            authResources: components["schemas"]["AuthResources"];
            identityPoolConfigs?: components["schemas"]["CreateBackendAuthIdentityPoolConfig"];
            service: components["schemas"]["Service"];
            userPoolConfigs: components["schemas"]["CreateBackendAuthUserPoolConfig.request"];
        };
        /** @description The user pool's settings. Its name, the sign-in method and the required attributes can't be changed later. */
        "CreateBackendAuthUserPoolConfig.request": {
            /** @deprecated */
            forgotPassword?: components["schemas"]["CreateBackendAuthForgotPasswordConfig"];
            mfa?: components["schemas"]["CreateBackendAuthMFAConfig"];
            oAuth?: components["schemas"]["CreateBackendAuthOAuthConfig.request"];
            passwordPolicy?: components["schemas"]["CreateBackendAuthPasswordPolicyConfig"];
            /** @description The attributes that a user must provide to sign up. */
            requiredSignUpAttributes: components["schemas"]["RequiredSignUpAttributesElement"][];
            signInMethod: components["schemas"]["SignInMethod"];
            /** @description The name of the user pool. */
            userPoolName: string;
            verificationMessage?: components["schemas"]["CreateBackendAuthVerificationMessageConfig"];
        };
        /** @description Sign-in over OAuth and the hosted page. */
        "CreateBackendAuthOAuthConfig.request": {
            /** @description The first part of the hosted page's domain. */
            domainPrefix?: string;
            oAuthGrantType: components["schemas"]["OAuthGrantType"];
            /** @description The uses that a token is good for. */
            oAuthScopes: components["schemas"]["OAuthScopesElement"][];
            /** @description The addresses that a user may be sent to after signing in. */
            redirectSignInURIs: string[];
            /** @description The addresses that a user may be sent to after signing out. */
            redirectSignOutURIs: string[];
            socialProviderSettings?: components["schemas"]["SocialProviderSettings.request"];
        };
        /** @description The providers that users may sign in with instead of a password. */
        "SocialProviderSettings.request": {
            /** @description Sign-in with Facebook. */
            Facebook?: components["schemas"]["BackendAuthSocialProviderConfig.request"];
            /** @description Sign-in with Google. */
            Google?: components["schemas"]["BackendAuthSocialProviderConfig.request"];
            /** @description Sign-in with Amazon. */
            LoginWithAmazon?: components["schemas"]["BackendAuthSocialProviderConfig.request"];
            /** @description Sign-in with Apple. */
            SignInWithApple?: components["schemas"]["BackendAuthAppleProviderConfig.request"];
        } & {
            [key: string]: unknown;
        };
        /** @description The app's account at a provider. */
        "BackendAuthSocialProviderConfig.request": {
            /** @description The app's id at the provider. */
            client_id?: string;
            /** @description The app's secret at the provider. Never answered. */
            client_secret?: string;
        };
        /** @description The app's account at Apple. */
        "BackendAuthAppleProviderConfig.request": {
            /** @description The id of the service at Apple. */
            client_id?: string;
            /** @description The id of the key. */
            key_id?: string;
            /** @description The private key that signs requests to Apple, in base64, with or without its BEGIN and END lines. Never answered. */
            private_key?: string;
            /** @description The id of the developer's team. */
            team_id?: string;
        };
        /** @description Where an update failed and could not be undone: the configuration that the next one starts from, and those that were to be reached. `resourceConfig` is what is true meanwhile. The notes of what is to be put back hold secrets: they are in the encrypted part. */
        "UnfinishedUpdate.request": {
            intended: components["schemas"]["CreateBackendAuthResourceConfig.request"];
            /** @description Any of what is outside may be as in one of these. */
            attempted: components["schemas"]["CreateBackendAuthResourceConfig.request"][];
        };
        /** @description A job. */
        "StateJob.request": {
            /** @description Its id. */
            jobId: string;
            /** @description The id of its app. */
            appId: string;
            /** @description The operation that started it. */
            operation: string;
            status: components["schemas"]["JobStatus"];
            /** @description Why it failed. */
            error?: string;
            createTime: components["schemas"]["StateTime"];
            updateTime: components["schemas"]["StateTime"];
            /** @description The earliest time to run it. */
            runTime: components["schemas"]["StateTime"];
            /** @description How many workers were lost while they had it. */
            leasesLost: number;
            /** @description The key that an automatic retry of its request shares with it. */
            retryKey?: string;
            /** @description The environments that it is found under or keeps others out of. A job that is found under exactly one is a job of that environment; any other is one of the whole app, and keeps others out of all of it. */
            environments: components["schemas"]["StateJobEnvironment"][];
            /** @description The change that it makes. */
            changes: components["schemas"]["StateChange.request"][];
        };
        /** @description A step of a job. */
        "StateChange.request": components["schemas"]["PutEnvironment"] | components["schemas"]["PutAuth.request"] | components["schemas"]["AdoptAuth"] | components["schemas"]["RemoveAuth"] | components["schemas"]["RemoveEnvironment"] | components["schemas"]["RemoveEnvironments"] | components["schemas"]["RemoveApp"];
        /** @description The environment's authentication is configured so. */
        "PutAuth.request": {
            /**
             * @description The kind of change.
             * @constant
             */
            kind: "put-auth";
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            environment: string;
            /** @description The name of the resource. */
            resourceName: string;
            config: components["schemas"]["CreateBackendAuthResourceConfig.request"];
            /** @description The members of userPoolConfigs that the update names. */
            named?: string[];
        };
    };
    responses: {
        /** @description Any other refusal, such as a wrong method (405), in the same form. */
        Default: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                /** @description The name of the error. */
                "x-amzn-ErrorType": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The request is malformed, breaks the schema, or asks for what can't be done now. `message` has one line for each fault, with its place. */
        BadRequestException: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                /** @description The name of the error, by which the AWS SDKs identify it. */
                "x-amzn-ErrorType": "BadRequestException";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequestException"] & components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The server could not process the request now. The AWS SDKs try again. */
        InternalServiceException: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                /** @description The name of the error, by which the AWS SDKs identify it. */
                "x-amzn-ErrorType": "GatewayTimeoutException";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InternalServiceException"] & components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The app, environment, resource or job does not exist. */
        NotFoundException: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                /** @description The name of the error, by which the AWS SDKs identify it. */
                "x-amzn-ErrorType": "NotFoundException";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NotFoundException"] & components["schemas"]["ErrorEnvelope"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The id of this request; the server's log carries the same one. */
        RequestId: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ResetState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state after the call. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateSummary"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    ExportState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportStateRequest"];
            };
        };
        responses: {
            /** @description The state. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateFile"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    ImportState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportStateRequest"];
            };
        };
        responses: {
            /** @description The state after the call. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateSummary"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    HoldJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The controls after the call. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobControls"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    ReleaseJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The controls after the call. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobControls"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    FailNextJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobFailure"];
            };
        };
        responses: {
            /** @description The controls after the call. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobControls"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    PlanUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateToPlan"];
            };
        };
        responses: {
            /** @description The changes. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlannedUpdate"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    ListFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The faults. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultList"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    AddFault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        responses: {
            /** @description The faults. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultList"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    ClearFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There are no faults left. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultList"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    SetSeed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Seed"];
            };
        };
        responses: {
            /** @description The time now. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    AdvanceClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Advance"];
            };
        };
        responses: {
            /** @description The time now. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    ListRequests: {
        parameters: {
            query?: {
                /**
                 * @description Only requests to this operation.
                 * @example UpdateBackendAuth
                 */
                operation?: string;
                /**
                 * @description The maximum number of requests to list. Defaults to 100.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The requests. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestList"];
                };
            };
            400: components["responses"]["BadRequestException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
}

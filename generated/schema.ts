// Written by `npm run gen` from openapi.yaml. Changes made here are lost.

export interface paths {
    "/backend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a backend environment
         * @description Starts a job that creates the environment, and the app itself if no environment of it exists yet.
         *     An environment that exists already is refused with a 400.
         */
        post: operations["CreateBackend"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["CreateBackendPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/details": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a backend
         * @description Returns the app, the names of its environments and, for a named environment, the resources that were made for it.
         */
        post: operations["GetBackend"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["GetBackendPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/environments/{backendEnvironmentName}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy an environment
         * @description Starts a job that creates an environment with the same authentication as the one in the path: the same configuration,
         *     with resources of its own. Both take no other job until it has ended.
         */
        post: operations["CloneBackend"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["CloneBackendPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/environments/{backendEnvironmentName}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete an environment
         * @description Starts a job that removes the environment with its authentication. Its jobs can still be read.
         */
        post: operations["DeleteBackend"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["DeleteBackendPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete all environments of an app
         * @description Starts a job that removes every environment, and the app too if asked. The job is found under each environment that it
         *     removes.
         */
        post: operations["RemoveAllBackends"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["RemoveAllBackendsPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/auth": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create the authentication of an environment
         * @description Starts a job that creates the authentication resource as configured. An environment has at most one; a second one is
         *     refused with a 400. Settings that are left out get the service's defaults.
         */
        post: operations["CreateBackendAuth"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["CreateBackendAuthPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/auth/{backendEnvironmentName}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Update the authentication of an environment
         * @description Starts a job that applies the change. A member of `userPoolConfigs` or `identityPoolConfigs` replaces the stored one
         *     as a whole; a member that is left out stays. `oAuth: {}` removes OAuth.
         */
        post: operations["UpdateBackendAuth"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["UpdateBackendAuthPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/auth/{backendEnvironmentName}/details": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the authentication of an environment
         * @description Returns the configuration that the last completed job applied, without the secrets of social providers.
         */
        post: operations["GetBackendAuth"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["GetBackendAuthPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/auth/{backendEnvironmentName}/import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take over an existing user pool
         * @description Starts a job that reads the user pool, its two app clients and, if given, the identity pool, checks that they can be
         *     managed from here, and makes them the authentication resource of an environment that has none. The resource gets a name
         *     of its own, which `GetBackend` reports in `amplifyMetaConfig`. Imported resources are never deleted.
         */
        post: operations["ImportBackendAuth"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["ImportBackendAuthPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/auth/{backendEnvironmentName}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete the authentication of an environment
         * @description Starts a job that removes the authentication resource. Imported resources stay as they are; the server only forgets them.
         */
        post: operations["DeleteBackendAuth"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["DeleteBackendAuthPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/job/{backendEnvironmentName}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List the jobs of an environment
         * @description Returns the jobs page by page, the newest first. Jobs stay listed after their environment is deleted.
         */
        post: operations["ListBackendJobs"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["ListBackendJobsPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backend/{appId}/job/{backendEnvironmentName}/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
                /**
                 * @description The id of the job, as the operation that started it answered.
                 * @example 7c38c298-914b-487b-8a8e-fa93b2967d92
                 */
                jobId: components["parameters"]["jobId"];
            };
            cookie?: never;
        };
        /**
         * Read a job
         * @description Returns the state of the job. Poll until `status` is `COMPLETED` or `FAILED`.
         */
        get: operations["GetBackendJob"];
        put?: never;
        /**
         * End a job
         * @description Sets a running job to `FAILED` or `COMPLETED`, for a job that is stuck. The job is stopped; its environment takes
         *     another one then. What it has changed outside is put back, and the stored configuration stays as it was; `error` tells
         *     what could not be put back. Without a `status` nothing changes, and a job that has ended keeps its state.
         */
        post: operations["UpdateBackendJob"];
        delete?: never;
        /**
         * CORS preflight
         * @description The answer to a browser's CORS preflight. It needs no signature.
         */
        options: operations["GetBackendJobPreflight"];
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The configuration of the backend's resource. Holds nothing; the SDKs can send it. */
        ResourceConfig: {
            [key: string]: unknown;
        };
        /** @description A backend environment to create, with its app if that is new too. */
        CreateBackendReqObj: {
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the app. An app that exists already keeps the name it has. */
            appName: string;
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            resourceConfig?: components["schemas"]["ResourceConfig"];
            /** @description The name of a resource. Has no effect; the SDKs can send it. */
            resourceName?: string;
        };
        /** @description The members that the body of every error has. */
        ErrorEnvelope: {
            /** @description The name of the error; the same as the header x-amzn-ErrorType. */
            __type: string;
            /** @description A description of the error. */
            message: string;
        };
        /** @description The job that creates the backend. */
        CreateBackendRespObj: {
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            /** @description Why the request failed, if it did. */
            error?: string;
            /** @description The id of the job. */
            jobId?: string;
            /** @description The operation that the job carries out. */
            operation?: string;
            /** @description The status of the job. */
            status?: string;
        };
        /** @description The request can't be processed as it is. */
        BadRequestException: {
            /** @description A description of the fault, one line for each, with its place. */
            message?: string;
        };
        /** @description The request names something that does not exist. */
        NotFoundException: {
            /** @description A description of the missing thing. */
            message?: string;
            /** @description The kind of thing that is missing: App, BackendEnvironment, Auth or Job. */
            resourceType?: string;
        };
        /** @description A limit was exceeded. */
        LimitExceededException: {
            /** @description The kind of limit. */
            limitType?: string;
            /** @description The limit, and when to try again. */
            message?: string;
        };
        /** @description The service failed temporarily. */
        InternalServiceException: {
            /** @description A general message. The cause is in the server's log, under the request id. */
            message?: string;
        };
        /** @description The environment to read, if any. */
        GetBackendReqObj: {
            /** @description The name of the environment. */
            backendEnvironmentName?: string;
        };
        /** @description An app and, for a named environment, the resources that were made for it. */
        GetBackendRespObj: {
            /** @description The feature flags of the Amplify CLI's project, as JSON in a string. There are none here. */
            amplifyFeatureFlags?: string;
            /** @description The environment's resources, as JSON in a string, in the form of the Amplify CLI's amplify-meta.json: `auth.<resourceName>.output` has `UserPoolId`, `AppClientIDWeb` and the like. */
            amplifyMetaConfig?: string;
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the app. */
            appName?: string;
            /** @description The names of the app's environments. */
            backendEnvironmentList?: string[];
            /** @description The name of the environment that was asked for. */
            backendEnvironmentName?: string;
            /** @description Why the request failed, if it did. */
            error?: string;
        };
        /** @description The target of the copy. */
        CloneBackendReqObj: {
            /** @description The name of the environment to create. */
            targetEnvironmentName: string;
        };
        /** @description The job that copies the environment. */
        CloneBackendRespObj: {
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            /** @description Why the request failed, if it did. */
            error?: string;
            /** @description The id of the job. */
            jobId?: string;
            /** @description The operation that the job carries out. */
            operation?: string;
            /** @description The status of the job. */
            status?: string;
        };
        /** @description The job that removes the environment. */
        DeleteBackendRespObj: {
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            /** @description Why the request failed, if it did. */
            error?: string;
            /** @description The id of the job. */
            jobId?: string;
            /** @description The operation that the job carries out. */
            operation?: string;
            /** @description The status of the job. */
            status?: string;
        };
        /** @description Options of the removal. */
        RemoveAllBackendsReqObj: {
            /** @description Whether to delete the app, too. */
            cleanAmplifyApp?: boolean;
        };
        /** @description The job that removes the environments. */
        RemoveAllBackendsRespObj: {
            /** @description The id of the app. */
            appId: string;
            /** @description Why the request failed, if it did. */
            error?: string;
            /** @description The id of the job. */
            jobId?: string;
            /** @description The operation that the job carries out. */
            operation?: string;
            /** @description The status of the job. */
            status?: string;
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
        /** @description An authentication resource to create. */
        CreateBackendAuthReqObj: {
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            resourceConfig: components["schemas"]["CreateBackendAuthResourceConfig.request"];
            /** @description The name of the authentication resource. */
            resourceName: string;
        };
        /** @description The job that carries out the change. */
        BackendAuthRespObj: {
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            /** @description Why the request failed, if it did. */
            error?: string;
            /** @description The id of the job. */
            jobId?: string;
            /** @description The operation that the job carries out. */
            operation?: string;
            /** @description The status of the job. */
            status?: string;
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
        /** @description Changes to an authentication resource. */
        UpdateBackendAuthReqObj: {
            resourceConfig: components["schemas"]["UpdateBackendAuthResourceConfig"];
            /** @description The name of the authentication resource. */
            resourceName: string;
        };
        /** @description The authentication resource to read. */
        GetBackendAuthReqObj: {
            /** @description The name of the authentication resource. */
            resourceName: string;
        };
        /** @description An authentication resource, as the last completed job left it. */
        GetBackendAuthRespObj: {
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            /** @description Why the request failed, if it did. */
            error?: string;
            resourceConfig?: components["schemas"]["CreateBackendAuthResourceConfig"];
            /** @description The name of the authentication resource. */
            resourceName?: string;
        };
        /** @description The existing resources to import. */
        ImportBackendAuthReqObj: {
            /** @description The id of the identity pool that trusts the user pool. */
            identityPoolId?: string;
            /** @description The id of the app client with a secret. */
            nativeClientId: string;
            /** @description The id of the user pool. */
            userPoolId: string;
            /** @description The id of the app client without a secret. */
            webClientId: string;
        };
        /** @description The authentication resource to delete. */
        DeleteBackendAuthReqObj: {
            /** @description The name of the authentication resource. */
            resourceName: string;
        };
        /** @description Filters for the list. A job is listed if it matches all of them. */
        ListBackendJobReqObj: {
            /** @description The id of a job. */
            jobId?: string;
            /** @description The maximum number of jobs in a page. Defaults to 25. */
            maxResults?: number;
            /** @description The token of the previous page. */
            nextToken?: string;
            /** @description The operation that started the job. */
            operation?: string;
            /** @description The status of the job. */
            status?: string;
        };
        /**
         * @description Whether the job still runs, or how it ended.
         * @enum {string}
         */
        JobStatus: "RUNNING" | "COMPLETED" | "FAILED";
        /** @description A job and its state. */
        BackendJobRespObj: {
            /** @description The id of the app. */
            appId: string;
            /** @description The name of the environment. */
            backendEnvironmentName: string;
            /** @description When the job was created, in milliseconds since 1970-01-01 UTC. */
            createTime?: string;
            /** @description Why the job failed. Only a failed job has it. */
            error?: string;
            /** @description The id of the job. */
            jobId?: string;
            /** @description The operation that started the job. */
            operation?: string;
            status?: components["schemas"]["JobStatus"];
            /** @description When the job last changed, in milliseconds since 1970-01-01 UTC. */
            updateTime?: string;
        };
        /** @description A page of jobs. */
        ListBackendJobRespObj: {
            /** @description The jobs, the newest first. */
            jobs?: components["schemas"]["BackendJobRespObj"][];
            /** @description The token of the next page. The last page has none. */
            nextToken?: string;
        };
        /** @description The state to set a job to. */
        UpdateJobReqObj: {
            /** @description The operation that started the job; a job of another one is left alone. */
            operation?: string;
            /** @description FAILED or COMPLETED. */
            status?: string;
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
        /** @description The caller exceeds a limit of the server. The AWS SDKs wait and try again. */
        LimitExceededException: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                /** @description The name of the error, by which the AWS SDKs identify it. */
                "x-amzn-ErrorType": "TooManyRequestsException";
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["LimitExceededException"] & components["schemas"]["ErrorEnvelope"];
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
        /** @description The path may be called from a page of any origin. */
        Preflight: {
            headers: {
                "x-amzn-RequestId": components["headers"]["RequestId"];
                "Access-Control-Allow-Origin": components["headers"]["AccessControlAllowOrigin"];
                "Access-Control-Allow-Methods": components["headers"]["AccessControlAllowMethods"];
                "Access-Control-Allow-Headers": components["headers"]["AccessControlAllowHeaders"];
                "Access-Control-Expose-Headers": components["headers"]["AccessControlExposeHeaders"];
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * @description The id of the Amplify app.
         * @example d1a2b3c4d5e6f7
         */
        appId: string;
        /**
         * @description The name of the app's backend environment.
         * @example staging
         */
        backendEnvironmentName: string;
        /**
         * @description The id of the job, as the operation that started it answered.
         * @example 7c38c298-914b-487b-8a8e-fa93b2967d92
         */
        jobId: string;
    };
    requestBodies: never;
    headers: {
        /** @description The id of this request; the server's log carries the same one. */
        RequestId: string;
        /** @description The origins whose pages may call this path. */
        AccessControlAllowOrigin: string;
        /** @description The methods that this path answers. */
        AccessControlAllowMethods: string;
        /** @description The request headers that a page may send, as the preflight asked for them. Absent when it asked for none. */
        AccessControlAllowHeaders: string;
        /** @description The response headers that a page may read. */
        AccessControlExposeHeaders: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    CreateBackend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBackendReqObj"];
            };
        };
        responses: {
            /** @description The job that creates the environment. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateBackendRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    CreateBackendPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    GetBackend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GetBackendReqObj"];
            };
        };
        responses: {
            /** @description The backend. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetBackendRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    GetBackendPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    CloneBackend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloneBackendReqObj"];
            };
        };
        responses: {
            /** @description The job that copies the environment. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CloneBackendRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    CloneBackendPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    DeleteBackend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job that removes the environment. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteBackendRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    DeleteBackendPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    RemoveAllBackends: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveAllBackendsReqObj"];
            };
        };
        responses: {
            /** @description The job that removes the environments. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemoveAllBackendsRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    RemoveAllBackendsPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    CreateBackendAuth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBackendAuthReqObj"];
            };
        };
        responses: {
            /** @description The job that creates the resource. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackendAuthRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    CreateBackendAuthPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    UpdateBackendAuth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateBackendAuthReqObj"];
            };
        };
        responses: {
            /** @description The job that applies the change. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackendAuthRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    UpdateBackendAuthPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    GetBackendAuth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GetBackendAuthReqObj"];
            };
        };
        responses: {
            /** @description The configuration in force. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetBackendAuthRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    GetBackendAuthPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    ImportBackendAuth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportBackendAuthReqObj"];
            };
        };
        responses: {
            /** @description The job that takes the user pool over. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackendAuthRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    ImportBackendAuthPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    DeleteBackendAuth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteBackendAuthReqObj"];
            };
        };
        responses: {
            /** @description The job that removes the resource. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackendAuthRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    DeleteBackendAuthPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    ListBackendJobs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListBackendJobReqObj"];
            };
        };
        responses: {
            /** @description A page of jobs. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListBackendJobRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    ListBackendJobsPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
    GetBackendJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
                /**
                 * @description The id of the job, as the operation that started it answered.
                 * @example 7c38c298-914b-487b-8a8e-fa93b2967d92
                 */
                jobId: components["parameters"]["jobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackendJobRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    UpdateBackendJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
                /**
                 * @description The id of the job, as the operation that started it answered.
                 * @example 7c38c298-914b-487b-8a8e-fa93b2967d92
                 */
                jobId: components["parameters"]["jobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateJobReqObj"];
            };
        };
        responses: {
            /** @description The job, as it now is. */
            200: {
                headers: {
                    "x-amzn-RequestId": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackendJobRespObj"];
                };
            };
            400: components["responses"]["BadRequestException"];
            404: components["responses"]["NotFoundException"];
            429: components["responses"]["LimitExceededException"];
            504: components["responses"]["InternalServiceException"];
            default: components["responses"]["Default"];
        };
    };
    GetBackendJobPreflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the Amplify app.
                 * @example d1a2b3c4d5e6f7
                 */
                appId: components["parameters"]["appId"];
                /**
                 * @description The name of the app's backend environment.
                 * @example staging
                 */
                backendEnvironmentName: components["parameters"]["backendEnvironmentName"];
                /**
                 * @description The id of the job, as the operation that started it answered.
                 * @example 7c38c298-914b-487b-8a8e-fa93b2967d92
                 */
                jobId: components["parameters"]["jobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Preflight"];
        };
    };
}
